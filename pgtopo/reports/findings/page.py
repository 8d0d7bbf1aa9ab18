"""The fixed parts of the HTML page: its style, its filter and what the browser may do."""

from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256

from pgtopo.checks.base import Family

CSS = """
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h2 { font-size: 1.2rem; margin: 2.5rem 0 .25rem; }
h3 { font-size: 1.05rem; margin: 2rem 0 .25rem; }
code, td { overflow-wrap: anywhere; }
pre { white-space: pre-wrap; }
.why { opacity: .8; }
table { border-collapse: collapse; }
td, th { border: 1px solid #8888; padding: .25rem .6rem; text-align: left; vertical-align: top; }
form { position: sticky; top: 0; background: Canvas; padding: .75rem 0; display: flex;
  flex-wrap: wrap; gap: .5rem 1.25rem; align-items: center; border-bottom: 1px solid #8888; }
form[hidden] { display: none; }
input[type=search] { font: inherit; min-width: 14rem; padding: .25rem .5rem; }
select { font: inherit; }
.bad { color: #b3261e; } .risk { color: #8a5300; } .unknown { color: #5b5bd6; }
@media (prefers-color-scheme: dark) {
  .bad { color: #ff8a80; } .risk { color: #ffc46b; } .unknown { color: #b0b0ff; }
}
@media print {
  body { max-width: none; margin: 0; font-size: 11pt; }
  form { display: none; }
  article, table, pre { break-inside: avoid; }
}
"""

SCRIPT = """
const form = document.forms[0];
const findings = [...document.querySelectorAll("article")];
const texts = findings.map(one => one.textContent.toLowerCase());
function apply() {
  const words = form.q.value.toLowerCase().split(/\\s+/).filter(Boolean);
  const weights = new Set([...form.weight].filter(box => box.checked).map(box => box.value));
  const family = form.family.value;
  let shown = 0;
  findings.forEach((one, at) => {
    const isShown = weights.has(one.dataset.weight)
      && (!family || one.dataset.family.split(" ").includes(family))
      && words.every(word => texts[at].includes(word));
    one.hidden = !isShown;
    shown += isShown;
  });
  for (const cause of document.querySelectorAll("section")) {
    cause.hidden = !cause.querySelector("article:not([hidden])");
  }
  document.querySelector("output").textContent = `${shown} of ${findings.length} shown`;
}
form.addEventListener("input", apply);
form.addEventListener("submit", event => event.preventDefault());
form.hidden = false;
apply();
"""

WEIGHTS = ("error", "warning", "info", "unknown")


def policy() -> str:
    """What the browser may do with the page: show it and run its filter, and nothing else."""
    digest = b64encode(sha256(SCRIPT.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"


def filter_form() -> Iterator[str]:
    """The filter; hidden until the script that works it runs."""
    yield '<form hidden><input type="search" name="q" placeholder="word" aria-label="word">'
    for weight in WEIGHTS:
        box = f'<input type="checkbox" name="weight" value="{weight}" checked>'
        yield f"<label>{box} {weight}</label>"
    options = "".join(f"<option>{family.label}</option>" for family in Family)
    yield '<select name="family" aria-label="family"><option value="">every family</option>'
    yield f"{options}</select><output></output></form>"
