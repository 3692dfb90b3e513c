/** What is asked of a page from within: JavaScript as text, for the types here are those of Node. */

/** Where the lit path's lines of that look are on the screen; dashes leave gaps, so a few points of each. */
export const litPoints = (look: 'there' | 'back'): string => `
  [...document.querySelectorAll('#map .tie.lit .${look}')].flatMap((line) =>
    [0.3, 0.4, 0.5, 0.6].map((share) => {
      const { x, y } = line.getPointAtLength(line.getTotalLength() * share).matrixTransform(line.getScreenCTM());
      return { x, y };
    }))`;

/** Texts that leave the box they stand in, and boxes of a picture that lie over each other. */
export const misplaced = `(() => {
  const found = [];
  const frameOf = (each) => each.querySelector(':scope > .frame').getBBox();
  for (const svg of document.querySelectorAll('svg.picture[id]')) {
    const cards = [...svg.querySelectorAll('.card,.row')];
    for (const card of cards) {
      const frame = frameOf(card);
      for (const text of card.querySelectorAll('text')) {
        const box = text.getBBox();
        const out = box.x < frame.x - 1 || box.x + box.width > frame.x + frame.width + 1;
        if (out || box.y + box.height > frame.y + frame.height + 2) found.push(svg.id + ': ' + text.textContent);
      }
    }
    const boxes = cards.filter((each) => each.classList.contains('card')).map(frameOf);
    for (const [i, a] of boxes.entries())
      for (const b of boxes.slice(i + 1))
        if (a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height)
          found.push(svg.id + ': boxes at ' + [a.x, a.y, b.x, b.y]);
  }
  return found;
})()`;

/** How many texts and boxes that looked at. */
export const placed = `document.querySelectorAll('svg.picture[id] :is(.card,.row) text').length`;

/** Ids that are referred to and not there, and ids that are there twice. */
export const brokenIds = `(() => {
  const missing = [];
  for (const attribute of ['aria-controls', 'aria-labelledby'])
    for (const each of document.querySelectorAll('[' + attribute + ']'))
      for (const id of each.getAttribute(attribute).split(' '))
        if (document.getElementById(id) === null) missing.push(attribute + ' ' + id);
  const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
  return [...missing, ...ids.filter((id, i) => ids.indexOf(id) !== i)];
})()`;

export const focused = `document.activeElement.className`;

export const styleOf = (element: string, property: string): string => `getComputedStyle(${element}).${property}`;

export const folded = `[...document.querySelectorAll('.details')].filter((each) => getComputedStyle(each).display === 'none').length`;
