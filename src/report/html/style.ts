/** How a page looks: on wide screens the picture stays beside the results; on paper everything is unfolded, in light. */
import { colours, mono, pictureStyle, sans } from '../svg/style.ts';

export const style = `${colours(':root')}
*{box-sizing:border-box}
html{font:14px/1.5 ${sans};color:var(--ink);background:var(--paper);color-scheme:light dark;-webkit-text-size-adjust:100%}
body{margin:0}
code{font:0.88em ${mono};background:var(--ground);border-radius:4px;padding:.08em .3em;overflow-wrap:anywhere}
bdi{overflow-wrap:anywhere}
:focus-visible{outline:2px solid var(--focus);outline-offset:2px;border-radius:4px}
.skip{position:absolute;left:-999px;top:8px;padding:8px 14px;background:var(--paper);z-index:2}
.skip:focus{left:8px}
header,main,footer{max-width:1760px;margin:0 auto;padding:0 28px}
header{padding-top:26px;padding-bottom:18px}
h1{font-size:26px;line-height:1.25;font-weight:650;letter-spacing:-.01em;margin:0 0 6px;padding-left:16px;border-left:6px solid var(--tone,var(--dim));overflow-wrap:anywhere}
header.good{--tone:var(--good)}header.bad{--tone:var(--stop)}header.unsure{--tone:var(--unsure)}
header p{margin:2px 0 0 22px;color:var(--dim);max-width:110ch}
.counts{list-style:none;display:flex;flex-wrap:wrap;gap:8px;margin:14px 0 0 22px;padding:0}
.counts li{border:1px solid var(--line);border-radius:999px;padding:1px 12px;font-size:13.5px}
.counts li.good{color:var(--good);border-color:var(--good);background:var(--good-ground)}
.counts li.bad{color:var(--stop);border-color:var(--stop);background:var(--stop-ground)}
.counts li.unsure{color:var(--unsure);border-color:var(--unsure);background:var(--unsure-ground)}
.counts li.none{color:var(--dim)}
h2{font-size:17px;line-height:1.3;margin:26px 0 8px}
#results>section:first-child h2{margin-top:0}
h3{font-size:14px;margin:14px 0 4px;overflow-wrap:anywhere}
h4{font-size:12.5px;margin:12px 0 4px;color:var(--dim);font-weight:600}
.results{width:100%;border-collapse:collapse;border-top:1px solid var(--line);table-layout:fixed}
.results thead th{font-size:12px;font-weight:600;color:var(--dim);text-align:left;padding:6px 8px}
.results thead th:nth-child(1){width:130px}
.results thead th:nth-child(3){width:92px}
.results tbody{border-top:1px solid var(--line)}
.results td,.results tbody th{padding:8px;vertical-align:top;text-align:left;font-weight:400}
.entry.open>.row{background:var(--ground)}
.entry.open .choose{font-weight:650}
.word{display:inline-block;white-space:nowrap;font-size:12.5px;font-weight:650;border-radius:5px;padding:2px 8px}
.word.good{color:var(--good);background:var(--good-ground)}
.word.bad{color:var(--stop);background:var(--stop-ground)}
.word.unsure{color:var(--unsure);background:var(--unsure-ground)}
.word.neutral{color:var(--dim);background:var(--ground)}
button{font:inherit;color:inherit;background:none;border:0;padding:0;cursor:pointer}
.choose{position:relative;width:100%;padding-right:22px;text-align:left;font-weight:500;line-height:1.4;overflow-wrap:anywhere}
.choose:hover{text-decoration:underline;text-underline-offset:3px}
.choose::after{content:"";position:absolute;right:6px;top:6px;width:7px;height:7px;border-right:1.6px solid var(--dim);border-bottom:1.6px solid var(--dim);transform:rotate(45deg)}
.choose[aria-expanded=true]::after{top:9px;transform:rotate(-135deg)}
.row .id{font-size:12.5px;color:var(--dim);margin-top:1px}
.row .id code{background:none;padding:0}
.aside{font-size:13px;color:var(--dim)}
.quiet{font-size:13px;border:1px solid var(--line);border-radius:6px;padding:2px 10px;color:var(--dim)}
.quiet:hover{color:var(--ink);border-color:var(--wire)}
.quiet[aria-pressed=true]{color:var(--there);border-color:var(--there)}
.details>td{padding:4px 8px 18px 14px;border-left:3px solid var(--line);font-size:13.5px}
.details p{margin:6px 0;max-width:90ch}
.details .demand{font-size:14px}
.dim{color:var(--dim)}
dl{margin:6px 0;display:grid;gap:3px}
dl>div{display:grid;grid-template-columns:104px minmax(0,1fr);gap:10px}
dt{color:var(--dim);font-size:13px}
dd{margin:0;overflow-wrap:anywhere}
.details ul{margin:2px 0;padding-left:1.2em}
.remedies{margin:4px 0;padding-left:1.6em}
.remedies>li{margin:0 0 12px;padding-left:4px}
.remedies>li::marker{font-weight:650;color:var(--dim)}
.remedies .edit{margin:2px 0;max-width:none}
.remedies pre{font:12px/1.5 ${mono};margin:5px 0;padding:6px 9px;background:var(--ground);border-radius:6px;white-space:pre-wrap;overflow-wrap:anywhere}
.hops{list-style:none;counter-reset:hop;margin:0;padding:0}
.hops li{counter-increment:hop;position:relative;padding:4px 4px 4px 38px;border-radius:5px;overflow-wrap:anywhere}
.hops li::before{content:counter(hop);position:absolute;left:4px;top:6px;width:25px;text-align:center;font-size:11.5px;line-height:17px;font-weight:700;border-radius:9px;border:1.5px solid var(--there);color:var(--there)}
.hops.back li::before{border-radius:4px;border-color:var(--back);border-style:dashed;color:var(--back)}
.hops li[data-at]:hover{background:var(--ground)}
.hops li.stopped{background:var(--stop-ground);border:1.5px solid var(--stop);margin:6px 0;padding:6px 8px 6px 37px}
.hops li.stopped::before{content:"✕";border:0;color:var(--stop);top:8px;font-size:14px}
.hops .action{font-weight:650}
.stopped .action,.stopped .detail{color:var(--stop)}
.hops .detail::before{content:"· ";color:var(--dim)}
.now,.place{display:block;font-size:12px;color:var(--dim)}
.place{font-family:${mono};font-size:11px}
.hops .detail code,.blocks code{background:none;padding:0}
.known{font:11px ${mono};border:1px solid currentColor;border-radius:4px;padding:0 4px;opacity:.85;overflow-wrap:anywhere}
.rest{border-top:1px solid var(--line);margin-top:28px}
.rest h2{margin-top:16px}
.rest h3{margin:12px 0 2px}
.rest ul{margin:2px 0;padding-left:1.2em}
.rest li{margin:2px 0;overflow-wrap:anywhere}
footer{color:var(--dim);font-size:13px;padding-top:22px;padding-bottom:34px;overflow-wrap:anywhere}
footer p{margin:3px 0}
figure{margin:0 0 22px}
.bar{display:flex;gap:14px;align-items:flex-start;justify-content:space-between;margin-bottom:6px}
.bar p{margin:0;font-weight:600;font-size:14px;overflow-wrap:anywhere}
.bar .quiet{flex:none}
.pane{overflow:auto;border:1px solid var(--line);border-radius:10px;padding:8px;max-height:62vh;background:var(--paper)}
.pane svg{display:block;width:100%;height:auto;margin:0 auto}
.pane.fit svg{min-width:0}
.legend{list-style:none;display:flex;flex-wrap:wrap;gap:4px 16px;margin:8px 0 0;padding:0;font-size:12.5px;color:var(--dim)}
.legend svg{vertical-align:-1px;overflow:visible}
.few{font-size:13.5px;margin:8px 0 0;color:var(--unsure)}
${pictureStyle}
.picture .spot.from>.frame,.picture .key.from{stroke:var(--there);stroke-width:2}
.picture .spot.to>.frame,.picture .key.to{stroke:var(--good);stroke-width:2}
.picture .spot.from.to>.frame{stroke:var(--unsure)}
.picture .key{fill:none}
.picture .spot.here>.frame{stroke:var(--unsure);stroke-width:3}
.print{display:none}
.print svg{display:block;width:auto;max-width:100%;height:auto}
@media screen{.chosen-only .entry:not(.open)>.details{display:none}}
@media screen and (min-width:1180px){
.mapped{display:grid;grid-template-columns:minmax(440px,5fr) minmax(0,8fr);gap:30px;align-items:start}
.mapped #results{grid-column:1;grid-row:1}
.mapped #map{grid-column:2;grid-row:1;position:sticky;top:14px}
.pane{max-height:calc(100vh - 120px)}
}
@media print{
@page{size:A4;margin:14mm 13mm}
html{font-size:10pt}
header,main,footer{padding:0;max-width:none}
header{margin-bottom:14px}
.details>td{padding-bottom:10px}
.hops li{padding-top:2px;padding-bottom:2px}
.hops li::before{top:4px}
.skip,.bar .quiet,.path,.screen,.choose::after{display:none}
.choose{font-weight:650}
.print{display:block;margin-top:8px;break-inside:avoid}
.print svg{max-height:225mm}
.pane{overflow:visible;max-height:none;border:0;padding:0}
.pane svg,.pane.fit svg{min-width:0!important;max-height:230mm}
figure,.hops li,.row,.rest li{break-inside:avoid}
h2,h3,h4{break-after:avoid}
.row{break-after:avoid}
.entry.open>.row{background:none}
code{background:none;padding:0}
.counts li,.word{print-color-adjust:exact;-webkit-print-color-adjust:exact}
}
`;

/** A picture is not made so small that it cannot be read; its pane scrolls. */
export const mapStyle = (width: number): string =>
  `.pane svg{min-width:${Math.round(width * 0.74)}px;max-width:${Math.round(width * 1.15)}px}\n`;
