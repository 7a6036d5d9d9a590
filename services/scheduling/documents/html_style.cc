#include "services/scheduling/documents/html_style.h"

namespace soutenance::scheduling::documents {

const absl::string_view kHtmlStyle = R"css(
:root{color-scheme:light dark;--paper:#f6f5f1;--card:#fff;--ink:#1d2433;--soft:#535d70;--line:#dcdad2;--accent:#2b4c7e;--warn-bg:#fff3d6;--warn-ink:#6b4700;--bad-bg:#fde7e4;--bad-ink:#8c1d12;
--c0:#2b5fa8;--c1:#0f7a63;--c2:#a1480f;--c3:#7a3e9d;--c4:#a3234f;--c5:#5a6a12;--c6:#0b6e8a;--c7:#6b5344;--tint:9%;--minute:.125rem}
@media (prefers-color-scheme:dark){:root{--paper:#12161f;--card:#1b212d;--ink:#e9ebf1;--soft:#aab3c5;--line:#333c4d;--accent:#9fc0f0;--warn-bg:#3a2e10;--warn-ink:#ffd98a;--bad-bg:#45201c;--bad-ink:#ffb9ae;
--c0:#7fb0f5;--c1:#58cdb0;--c2:#f2a369;--c3:#cf9bf0;--c4:#f590b3;--c5:#c0d061;--c6:#66c8e6;--c7:#d3b39f;--tint:16%}}
*{box-sizing:border-box}
html{scroll-padding-top:1rem}
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.45 "Inter","Segoe UI",system-ui,-apple-system,"Noto Sans","DejaVu Sans",sans-serif;font-variant-numeric:tabular-nums}
.skip{position:absolute;left:-100rem;background:var(--card);color:var(--accent);padding:.75rem 1rem;z-index:9}
.skip:focus{left:1rem;top:1rem}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
.wide{max-width:86rem;margin:0 auto;padding:0 1.5rem}
header.top{padding:2.25rem 0 1.25rem}
.programme{margin:0;color:var(--soft);font-size:.95rem}
.programme b{color:var(--accent);font-weight:650}
h1{font-size:clamp(1.5rem,3.2vw,2.25rem);line-height:1.15;letter-spacing:-.02em;margin:.35rem 0 .6rem;font-weight:750;text-wrap:balance}
.facts{margin:0;color:var(--soft)}
.notice{margin:1rem 0 0;padding:.7rem 1rem;border-radius:.6rem;background:var(--warn-bg);color:var(--warn-ink);font-weight:600}
nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:.5rem;padding:0;margin:1.25rem 0 0}
nav a{display:block;min-height:2.25rem;padding:.4rem .9rem;border-radius:2rem;background:var(--card);border:1px solid var(--line);color:var(--ink);text-decoration:none;font-weight:600;font-size:.92rem}
nav a:hover{border-color:var(--accent);color:var(--accent)}
nav small{color:var(--soft);font-weight:500;font-size:.85em}
section.day,section.rest{padding:1.5rem 0 1rem}
h2{font-size:1.4rem;letter-spacing:-.01em;margin:0 0 .9rem;display:flex;flex-wrap:wrap;align-items:baseline;gap:.15rem .8rem}
h2 .first{text-transform:capitalize}
h2 small{font-size:.95rem;font-weight:500;color:var(--soft);letter-spacing:0}
h3{font-size:1.05rem;margin:1.6rem 0 .6rem}
.scroll{overflow-x:auto;border:1px solid var(--line);border-radius:1rem;background:var(--card)}
.grid{display:grid;grid-template-columns:4.2rem repeat(var(--rooms),minmax(12rem,1fr));min-width:min-content}
.hours,.room{position:relative}
.hours{border-right:1px solid var(--line);padding-top:3.2rem}
.hours div,.room ol{position:relative;height:calc(var(--span)*var(--minute))}
.hours span{position:absolute;right:.6rem;top:calc(var(--from)*var(--minute));transform:translateY(-50%);font-size:.8rem;color:var(--soft);white-space:nowrap}
.room+.room{border-left:1px solid var(--line)}
.room h4{height:3.2rem;margin:0;padding:.45rem .9rem;display:flex;flex-direction:column;justify-content:center;font-size:.98rem;line-height:1.2;border-bottom:3px solid var(--c)}
.room h4 small{font-weight:500;color:var(--soft);font-size:.78rem}
.room ol{list-style:none;margin:0;padding:0;background:linear-gradient(var(--line) 1px,transparent 1px) 0 calc(var(--offset)*var(--minute))/100% calc(60*var(--minute))}
.slot{position:absolute;left:.4rem;right:.4rem;top:calc(var(--from)*var(--minute) + 2px);height:calc(var(--for)*var(--minute) - 4px);overflow:hidden;padding:.4rem .7rem;border-radius:.55rem;border-left:4px solid var(--c);background:var(--card);background:color-mix(in srgb,var(--c) var(--tint),var(--card));font-size:.84rem;line-height:1.28}
.slot p{margin:0}
.slot .when{display:flex;gap:.4rem;align-items:center;color:var(--soft);font-size:.78rem}
.slot .who{font-weight:680;font-size:.92rem}
.slot .what{display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:2;overflow:hidden}
.slot .short{color:var(--soft);font-size:.78rem;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
.slot.brief .what,.slot.brief .short{display:none}
.chip{display:inline-block;padding:0 .5rem;border-radius:1rem;font-size:.74rem;font-weight:650;line-height:1.5;background:var(--warn-bg);color:var(--warn-ink);white-space:nowrap}
.chip.bad{background:var(--bad-bg);color:var(--bad-ink)}
.chip.quiet{background:transparent;border:1px solid currentColor;color:var(--soft);line-height:1.35}
.r0{--c:var(--c0)}.r1{--c:var(--c1)}.r2{--c:var(--c2)}.r3{--c:var(--c3)}.r4{--c:var(--c4)}.r5{--c:var(--c5)}.r6{--c:var(--c6)}.r7{--c:var(--c7)}
table{width:100%;border-collapse:collapse;background:var(--card);border:1px solid var(--line);border-radius:1rem;border-spacing:0;font-size:.92rem}
caption{text-align:left;font-weight:650;padding:0 0 .5rem}
th,td{text-align:left;vertical-align:top;padding:.6rem .8rem;border-top:1px solid var(--line)}
thead th{border-top:0;font-size:.8rem;color:var(--soft);font-weight:600}
tbody th{font-weight:650;white-space:nowrap}
td.where{white-space:nowrap}
td .dot{display:inline-block;width:.7rem;height:.7rem;border-radius:50%;background:var(--c);margin-right:.45rem}
td b{font-weight:680}
td p{margin:.1rem 0 0}
td ul{list-style:none;margin:0;padding:0}
td .role{color:var(--soft)}
tr.cancelled b,tr.cancelled th .time,tr.cancelled .title{text-decoration:line-through}
footer{padding:1.5rem 0 3rem;color:var(--soft);font-size:.9rem}
@media (max-width:44rem){.wide{padding:0 1rem}
.scroll{display:none}
table,tbody,tr,td,tbody th{display:block}
thead{position:absolute;left:-100rem}
table{border:0;background:none}
tbody tr{background:var(--card);border:1px solid var(--line);border-radius:.8rem;margin-bottom:.7rem;padding:.5rem 0}
th,td{border:0;padding:.15rem 1rem}
td ul{padding-top:.2rem}}
@media print{@page{size:A4 landscape;margin:11mm 12mm}
:root{--paper:#fff;--card:#fff;--ink:#000;--soft:#3c3c3c;--line:#bbb;--minute:.24mm}
body{font-size:9.5pt;-webkit-print-color-adjust:exact;print-color-adjust:exact}
.skip,nav{display:none}
.wide{max-width:none;padding:0}
header.top{padding:0 0 3mm}
section.day{break-after:page;padding:0}
section.day:last-of-type{break-after:auto}
.scroll{overflow:visible;break-inside:avoid;border-radius:2mm}
.grid{grid-template-columns:16mm repeat(var(--rooms),minmax(0,1fr))}
.slot{font-size:8pt;padding:.6mm 2mm}
.slot .when,.slot .short{font-size:7.5pt}.slot .who{font-size:8.5pt}
h3{margin:4mm 0 2mm}
th,td{padding:1.2mm 2mm}
tr{break-inside:avoid}
thead{display:table-header-group}}
)css";

}  // namespace soutenance::scheduling::documents
