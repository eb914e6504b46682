/* Hide, lock, keys, polls. */
const doc = document, root = doc.documentElement, has = root.dataset, now = Date.now;
const all = q => [...doc.querySelectorAll(q)], one = q => doc.querySelector(q);
const on = (type, act) => addEventListener(type, act, 1);
const ask = (url, more) => fetch(url, more).catch(() => 0);
const tabs = new BroadcastChannel("tabs");
// A demo moves its clock; the reader's may be wrong.
const ahead = Date.parse(has.now) - now() || 0;

// Hide locks all tabs; public pages leave for a neutral site.
const blank = () => { gone = root.className = "gone"; doc.title = "…"; };
const hide = () => {
  const way = one("[data-hide]"), form = one("#leave");
  if (!way || gone) return;
  blank();
  if (way.action) return way.requestSubmit();
  if (form) ask(form.action, { method: "POST", body: new FormData(form), keepalive: 1 });
  location.replace(way.href);
};
on("submit", e => {
  const form = e.target;
  if (form.matches("[data-hide]")) { blank(); tabs.postMessage(1); }
  if (form.sent && form.matches("[data-once]")) e.preventDefault();
  form.sent = 1;
});
on("click", e => e.target.closest("a[data-hide]") && (e.preventDefault(), hide()));
on("change", e => e.target.closest("form[data-auto]")?.requestSubmit());
// Back finds it blank, asks again.
on("pagehide", blank);
on("pageshow", e => e.persisted && location.reload());

// One tab used keeps all open.
let last = now(), told = last, typed, gone, shifts = [];
const here = () => { if (now() - last > 5e3) tabs.postMessage(0); last = now(); };
["pointerdown", "pointermove", "keydown", "scroll"].map(sign => on(sign, here));
tabs.onmessage = e => { last = now(); if (e.data) hide(); };

// data-key="alt+r" is clicked; alt+j and alt+k walk the rows.
on("keydown", e => {
  typed = has.idle;
  if (e.key == "Shift") {
    e.repeat || shifts.push(now());
    return now() - shifts.at(-3) < 1500 && hide();
  }
  shifts = [];
  const hold = e.altKey ? e.ctrlKey ? "" : "alt+" : e.ctrlKey || e.metaKey ? "mod+" : "";
  if (!hold && e.target.matches("input,select,textarea")) return;
  const key = hold + (hold ? e.code.slice(3).toLowerCase() : e.key);
  const what = one(`[data-key=${CSS.escape(key)}]`), rows = all(".row"),
    row = rows[rows.findIndex(x => x.matches(":focus") || x.ariaCurrent) + { "alt+j": 1, "alt+k": -1 }[key]];
  if (what || row) e.preventDefault();
  what ? what.click() : row?.focus();
});

// <time data-until data-say="{h} {m}" data-over data-locks="#fieldset">
const tick = () => {
  if (now() - last > has.idle * 1e3) hide();
  // Typing tells the server.
  if (typed && now() - told > 3e5) {
    typed = 0;
    told = now();
    ask(one("[data-hide]").action + "stay/");
  }
  all("[data-until]").map(x => {
    const { until, say, over, locks } = x.dataset, left = (Date.parse(until) - now() - ahead) / 6e4,
      text = left > 0 ? say.replace("{h}", left / 60 | 0).replace("{m}", left % 60 | 0) : over;
    if (x.textContent != text) x.textContent = text;
    if (left <= 0 && locks) one(locks).disabled = 1;
  });
};
setInterval(tick, 1e3);
on("visibilitychange", tick);

// 200: the element anew.
const poll = async box => {
  if (doc.hidden || gone || !box.offsetWidth) return wait(box);
  const r = await ask(box.dataset.poll, { headers: { "X-Poll": one("#compose textarea")?.value ? 2 : 1 } });
  if (r.redirected || r.status == 403) return location.reload();
  if (r.status == 200) {
    const old = box, top = old.scrollTop, end = old.scrollHeight - top - old.clientHeight < 40,
      { id } = doc.activeElement;
    old.insertAdjacentHTML("afterend", await r.text());
    box = old.nextElementSibling;
    old.remove();
    box.scrollTop = end ? 1e9 : top;
    doc.getElementById(id)?.focus();
    one("#live").textContent = old.dataset.now ? "" : box.dataset.news;
  }
  wait(box);
};
const wait = box => setTimeout(poll, (box.dataset.every || 20) * 1e3, box);
all("[data-poll]").map(x => x.dataset.now ? poll(x) : wait(x));
all("[data-end]").map(x => x.scrollTop = 1e9);
