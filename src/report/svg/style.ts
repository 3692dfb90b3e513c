/** The colours and letters of pictures, in light and dark, on screen and on paper; a page uses them as well. */

const light = `
--paper:#ffffff;--ink:#1b2128;--dim:#56606b;--line:#ccd4dc;--wire:#98a4b1;--ground:#f5f7f9;--zone:#eceff3;--card:#ffffff;
--there:#0a5cc0;--back:#7b3fc4;--stop:#c2262e;--stop-ground:#fdeeee;--lit:#e8f1fc;--good:#1a7440;--good-ground:#e9f6ee;--unsure:#8a5a00;--unsure-ground:#fdf4e0;--focus:#0a5cc0;
--badge-ink:#ffffff;--host:#2c6e4b;--gateway:#0d6a92;--firewall:#b3431a;--balancer:#6b3fb8;--endpoint:#8a5a0a;--transit:#3a579c;--outside:#5a6470;--rule:#5a6470;`;

const dark = `
--paper:#14181d;--ink:#e5e9ee;--dim:#9aa6b2;--line:#3a444f;--wire:#66727f;--ground:#1a1f26;--zone:#20272f;--card:#14181d;
--there:#6cb2ff;--back:#c59bff;--stop:#ff7b7f;--stop-ground:#3a1a1d;--lit:#172a42;--good:#66cc8f;--good-ground:#13301f;--unsure:#e5b65a;--unsure-ground:#33270d;--focus:#6cb2ff;
--badge-ink:#10141a;--host:#74c69d;--gateway:#63c0e8;--firewall:#f4966d;--balancer:#bd9cf5;--endpoint:#dcae5c;--transit:#93aef0;--outside:#a3adb8;--rule:#a3adb8;`;

/** The variables of colours for what `of` selects: dark where the reader has it so, and always light on paper. */
export const colours = (of: string): string => `${of}{${light}}
@media screen and (prefers-color-scheme:dark){${of}{${dark}}}
`;

export const sans =
  'system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,"Noto Sans","DejaVu Sans","Liberation Sans",sans-serif';
export const mono = 'ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono","Liberation Mono",monospace';

/** Of everything that is drawn. */
export const pictureStyle = `.picture{font-family:${sans};color:var(--ink)}
.picture text{fill:var(--ink);font-size:11px;unicode-bidi:isolate}
.picture .name{font-weight:600;font-size:12px}
.picture .small{font-size:10px;fill:var(--dim)}
.picture .title{font-weight:650;font-size:15px}
.picture .sub{font-size:11px;fill:var(--dim)}
.picture .badge{font-size:8.5px;font-weight:700;letter-spacing:.3px;fill:var(--badge-ink);text-anchor:middle}
.picture .vpc>.frame{fill:var(--ground);stroke:var(--wire);stroke-width:1.2}
.picture .zone>.frame{fill:var(--zone);stroke:var(--line);stroke-dasharray:4 3}
.picture .net>.frame{fill:var(--card);stroke:var(--line)}
.picture .card>.frame{fill:var(--card);stroke:var(--line)}
.picture .over{paint-order:stroke;stroke-width:4;stroke-linejoin:round}
.picture .vpc>.over{stroke:var(--ground)}
.picture .zone>.over{stroke:var(--zone)}
.picture .net>.over{stroke:var(--card)}
.picture .rule-line{stroke:var(--line)}
.picture .wire{fill:none;stroke:var(--wire);stroke-width:1}
.picture .wire.attachment{stroke-dasharray:2 3}
.picture .wire.there{stroke:var(--there);stroke-width:2.4}
.picture .wire.back{stroke:var(--back);stroke-width:2;stroke-dasharray:6 4}
.picture .wire.beyond{opacity:.45}
.picture .head.base{fill:var(--wire)}
.picture .head.there{fill:var(--there)}
.picture .head.back{fill:var(--back)}
.picture .number{font-size:9.5px;font-weight:700;text-anchor:middle;fill:var(--paper)}
.picture .number-ground.there{fill:var(--there)}
.picture .number-ground.back{fill:var(--back)}
.picture .number-ground.stopped{fill:var(--stop)}
.picture .row>.frame{fill:none;stroke:none}
.picture .tie .flow,.picture .spot.stop{visibility:hidden}
.picture .tie.lit .flow,.picture .spot.stop.lit{visibility:visible}
.picture .row.lit>.frame,.picture .card.spot.lit>.frame{fill:var(--lit);stroke:var(--there);stroke-width:1.6}
.picture .stop>.frame,.picture .stop.lit>.frame{fill:var(--stop-ground);stroke:var(--stop);stroke-width:2}
.picture .stop .name,.picture .stop .said{fill:var(--stop)}
.picture .beyond-step{opacity:.5}
${['host', 'gateway', 'firewall', 'balancer', 'endpoint', 'transit', 'outside', 'rule']
  .map((family) => `.picture .badge-ground.${family}{fill:var(--${family})}`)
  .join('\n')}
.picture .badge-ground.stopped{fill:var(--stop)}
`;
