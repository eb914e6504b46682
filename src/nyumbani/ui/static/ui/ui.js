/* Nyumbani: hide, lock, keys, clocks, polls; at most 4 KB. Every page works without it. */
const doc = document, root = doc.documentElement, has = root.dataset, now = Date.now;
const all = q => [...doc.querySelectorAll(q)], one = q => doc.querySelector(q);
const on = (type, act) => addEventListener(type, act, true);
const tabs = new BroadcastChannel("nyumbani");
// A demo moves the house's clock; the reader's may be wrong.
const ahead = Date.parse(has.now) - now() || 0;

// Hide blanks, then locks all tabs; on public pages it leaves for a neutral site.
const gone = () => root.className == "gone";
const blank = () => { root.className = "gone"; doc.title = "…"; };
const hide = () => {
  const way = one("[data-hide]"), form = one("#leave");
  if (!way || gone()) return;
  blank();
  if (way.action) return way.requestSubmit();
  if (form) fetch(form.action, { method: "POST", body: new FormData(form), keepalive: true });
  location.replace(way.href);
};
on("submit", e => {
  const form = e.target;
  if (form.matches("[data-hide]")) { blank(); tabs.postMessage(1); }
  if (form.sent && form.matches("[data-once]")) e.preventDefault();
  form.sent = 1;
});
on("click", e => { if (e.target.closest("a[data-hide]")) { e.preventDefault(); hide(); } });
on("change", e => e.target.closest("form[data-auto]")?.requestSubmit());
// A page kept for Back is kept blank, and asked for again.
on("pagehide", blank);
on("pageshow", e => e.persisted && location.reload());

// One tab in use keeps all open.
let last = now(), shifts = [];
const here = () => { if (now() - last > 5e3) tabs.postMessage(0); last = now(); };
["pointerdown", "pointermove", "keydown", "scroll"].map(sign => on(sign, here));
tabs.onmessage = e => { last = now(); if (e.data) hide(); };

// Keys: data-key="alt+r" clicks what has it; alt+j and alt+k walk the rows.
on("keydown", e => {
  if (e.key == "Shift") {
    if (!e.repeat) shifts.push(now());
    if (now() - shifts.at(-3) < 1500) hide();
    return;
  }
  shifts = [];
  const hold = e.altKey ? e.ctrlKey ? "" : "alt+" : e.ctrlKey || e.metaKey ? "mod+" : "";
  if (!hold && e.target.matches("input,select,textarea")) return;
  const key = hold + (hold ? e.code.slice(3).toLowerCase() : e.key);
  const what = all("[data-key]").find(x => x.dataset.key == key), rows = all(".row");
  const row = rows[rows.findIndex(x => x.matches(":focus") || x.ariaCurrent) + { "alt+j": 1, "alt+k": -1 }[key]];
  if (what || row) e.preventDefault();
  what ? what.click() : row?.focus();
});

// Clocks: <time data-until data-say="{h} … {m}" data-over data-locks="#fieldset">
const tick = () => {
  if (now() - last > has.idle * 1e3) hide();
  all("[data-until]").map(x => {
    const { until, say, over, locks } = x.dataset, left = (Date.parse(until) - now() - ahead) / 6e4;
    const text = left > 0 ? say.replace("{h}", left / 60 | 0).replace("{m}", left % 60 | 0) : over;
    if (x.textContent != text) x.textContent = text;
    if (left <= 0 && locks) one(locks).disabled = true;
  });
};
setInterval(tick, 1e3);
on("visibilitychange", tick);

// Polls: data-poll="/url?since=…" data-every="20"; 204: no news, 200: the element again.
const poll = async box => {
  if (!doc.hidden && !gone()) {
    const r = await fetch(box.dataset.poll, { headers: { "X-Poll": 1 } }).catch(() => 0);
    if (r.redirected || r.status == 403) return location.reload();
    if (r.status == 200) {
      const old = box, top = old.scrollTop, made = doc.createElement("template"), { id } = doc.activeElement;
      const end = old.scrollHeight - top - old.clientHeight < 40;
      made.innerHTML = await r.text();
      old.replaceWith(box = made.content.firstElementChild);
      box.scrollTop = end ? 1e9 : top;
      doc.getElementById(id)?.focus();
      one("#live").textContent = box.dataset.news || "";
    }
  }
  wait(box);
};
const wait = box => setTimeout(poll, (box.dataset.every || 20) * 1e3, box);
all("[data-poll]").map(wait);
all("[data-end]").map(x => x.scrollTop = 1e9);
