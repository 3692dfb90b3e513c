/** What a page does when something is chosen: it unfolds, and its path is lit in the picture. Without it, all is unfolded. */
export const script = `(() => {
'use strict';
const { documentElement: root } = document;
const all = (selector) => [...document.querySelectorAll(selector)];
const elements = (text) => (text || '').split(' ').map((id) => document.getElementById(id)).filter(Boolean);
const caption = document.getElementById('caption');
const pane = document.getElementById('pane');
const fit = document.getElementById('fit');
const chooses = all('button.choose');
const paths = all('button.path');
let lit = [];
root.classList.add('chosen-only');

const reveal = (shown) => {
  if (!pane || shown.length === 0) return;
  const outer = pane.getBoundingClientRect();
  const boxes = shown.map((each) => each.getBoundingClientRect()).filter(({ width, height }) => width + height > 0);
  if (boxes.length === 0) return;
  const left = Math.min(...boxes.map((box) => box.left)) - outer.left + pane.scrollLeft;
  const top = Math.min(...boxes.map((box) => box.top)) - outer.top + pane.scrollTop;
  const right = Math.max(...boxes.map((box) => box.right)) - outer.left + pane.scrollLeft;
  const bottom = Math.max(...boxes.map((box) => box.bottom)) - outer.top + pane.scrollTop;
  const middle = (from, to, room) => (to - from > room ? from - 16 : (from + to - room) / 2);
  pane.scrollTo({ left: middle(left, right, pane.clientWidth), top: middle(top, bottom, pane.clientHeight) });
};

const light = (button) => {
  for (const each of lit) each.classList.remove('lit', 'from', 'to');
  const path = button ? elements(button.dataset.lit) : [];
  const from = button ? elements(button.dataset.from) : [];
  const to = button ? elements(button.dataset.to) : [];
  for (const each of path) each.classList.add('lit');
  for (const each of from) each.classList.add('from');
  for (const each of to) each.classList.add('to');
  lit = [...path, ...from, ...to];
  for (const each of paths) each.setAttribute('aria-pressed', String(each === button));
  if (caption) {
    caption.textContent = button ? button.dataset.says : 'The network. ' + caption.dataset.idle;
  }
  reveal(lit);
};

const open = (button) => {
  for (const each of chooses) {
    const chosen = each === button;
    each.setAttribute('aria-expanded', String(chosen));
    each.closest('tbody').classList.toggle('open', chosen);
  }
  light(button);
};

for (const [at, button] of chooses.entries()) {
  button.addEventListener('click', () => open(button.getAttribute('aria-expanded') === 'true' ? null : button));
  button.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const next = step && chooses[at + step];
    if (!next) return;
    event.preventDefault();
    next.focus();
  });
}
for (const button of paths) button.addEventListener('click', () => light(button));
for (const hop of all('[data-at]')) {
  const at = document.getElementById(hop.dataset.at);
  if (!at) continue;
  hop.addEventListener('mouseenter', () => at.classList.add('here'));
  hop.addEventListener('mouseleave', () => at.classList.remove('here'));
}
document.addEventListener('keydown', (event) => {
  const opened = chooses.find((each) => each.getAttribute('aria-expanded') === 'true');
  if (event.key !== 'Escape' || !opened) return;
  open(null);
  opened.focus();
});
if (fit) fit.addEventListener('click', () => {
  fit.setAttribute('aria-pressed', String(pane.classList.toggle('fit')));
  reveal(lit);
});
const first = document.querySelector('[data-first]');
if (first) open(first);
})();
`;
