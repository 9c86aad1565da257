// SPDX-License-Identifier: Apache-2.0
#include "page_parts.hpp"

namespace sloop::bench {
namespace {

constexpr std::string_view kStyle = R"css(
:root{color-scheme:light dark;--page:#f5f7fa;--card:#fff;--line:#e1e6ee;--ink:#17202e;--muted:#5d6b7e;--accent:#5048e5;
--soft:#eeedfd;--warn:#8a4b00;--warn-soft:#fff3df}
@media (prefers-color-scheme:dark){:root{--page:#0d121a;--card:#161c27;--line:#2b3444;--ink:#e9eef6;--muted:#9ba8bb;
--accent:#a5a1ff;--soft:#24244a;--warn:#ffc273;--warn-soft:#33260f}}
*{box-sizing:border-box}
body{margin:0;background:var(--page);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,
"Helvetica Neue",Arial,sans-serif;-webkit-text-size-adjust:100%}
main{max-width:1280px;margin:0 auto;padding:48px 28px 72px}
h1{font-size:clamp(28px,4vw,40px);line-height:1.15;letter-spacing:-.02em;margin:0 0 10px}
h2{font-size:22px;letter-spacing:-.01em;margin:56px 0 4px}
h3{font-size:16px;margin:28px 0 10px}
p{margin:0}
a{color:var(--accent)}
a:focus-visible{outline:2px solid var(--accent);outline-offset:3px;border-radius:3px}
.lead,.hint,footer{color:var(--muted)}
.lead{font-size:17px;max-width:74ch}
.hint{margin-bottom:18px;max-width:84ch}
.kicker{color:var(--accent);font-weight:650;font-size:13px;letter-spacing:.08em;text-transform:uppercase;margin-bottom:8px}
.facts{display:flex;flex-wrap:wrap;gap:10px 36px;margin:26px 0 0;padding:16px 0 0;border-top:1px solid var(--line)}
.facts dt{color:var(--muted);font-size:13px}
.facts dd{margin:0;font-weight:550}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(210px,1fr));gap:18px;margin:34px 0 0}
.tile{background:var(--card);border:1px solid var(--line);border-radius:12px;padding:18px 22px 16px}
.tile .name{color:var(--muted);font-size:14px}
.tile .number{font-size:36px;font-weight:680;letter-spacing:-.02em;line-height:1.25}
.tile .number small{font-size:17px;font-weight:500;color:var(--muted);letter-spacing:0;margin-left:5px}
.tile .others{color:var(--muted);font-size:14px}
.warning{margin:24px 0 0;padding:12px 18px;border-radius:10px;background:var(--warn-soft);color:var(--warn)}
.charts{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:22px;align-items:start}
@media (max-width:900px){.charts{grid-template-columns:minmax(0,1fr)}main{padding:32px 16px 56px}}
figure{margin:0}
figure svg{display:block;width:100%;height:auto}
figcaption{font-size:14px;padding:8px 4px 0;text-align:right}
.scroll{overflow-x:auto;background:var(--card);border:1px solid var(--line);border-radius:12px}
table{border-collapse:collapse;width:100%;font-size:14px;font-variant-numeric:tabular-nums}
th,td{padding:8px 18px;text-align:right;white-space:nowrap;border-bottom:1px solid var(--line);vertical-align:top}
tbody tr:last-child>*{border-bottom:0}
th:first-child{text-align:left;font-weight:500;position:sticky;left:0;background:var(--card)}
thead th{font-weight:650;color:var(--ink)}
thead th:first-child{color:var(--muted);font-weight:500}
td b{font-weight:620}
td span{display:block;color:var(--muted);font-size:12.5px}
td i{font-style:normal;color:var(--muted);margin-left:10px}
td.absent{color:var(--muted)}
td.reference,thead th.reference{background:var(--soft)}
footer{margin-top:48px;padding-top:18px;border-top:1px solid var(--line);font-size:14px}
footer p+p{margin-top:6px}
@media print{body{background:#fff}main{max-width:none;padding:0}figure,.scroll,.tile{break-inside:avoid}}
)css";

}  // namespace

std::string_view page_style() {
  return kStyle;
}

}  // namespace sloop::bench
