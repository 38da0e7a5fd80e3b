"use strict";
// One direction: bytes -> turns (differences) -> state of a turn -> picture. Nothing is fetched; everything is in this file.
const told = JSON.parse(document.getElementById("told").textContent);
const $ = (id) => document.getElementById(id);
const FINE = 65535, KEY = 64, ROUTED = 2;
let bytes, starts = [], keys = new Map(), now = null, before = null;
let turn = 0, playing = false, share = 1, clock = 0;
const view = { x: told.extent[0] / 2, y: told.extent[1] / 2, scale: 1 };
const images = told.ground.map((one) => Object.assign(new Image(), { src: one.image }));
const sheet = Object.assign(new Image(), { src: told.symbols.image });

async function unpack() {
  const raw = Uint8Array.from(atob($("turns").textContent), (c) => c.charCodeAt(0));
  const stream = new Blob([raw]).stream().pipeThrough(new DecompressionStream("deflate"));
  bytes = new DataView(await new Response(stream).arrayBuffer());
  let at = 0;
  for (let k = 0; k < told.turns.length; k++) {
    starts.push(at);
    at += 2 + 7 * bytes.getUint16(at, true);
    at += 4 + 5 * bytes.getUint32(at, true);
    at += 4 * (told.figures.length + told.forces.length);
  }
}

function blank() {
  const n = told.rows.length;
  return { index: -1, x: new Uint16Array(n), y: new Uint16Array(n), men: new Uint16Array(n), state: new Uint8Array(n),
           control: new Uint8Array(told.cells), figures: [], forces: [] };
}
const copy = (s) => ({ ...s, x: s.x.slice(), y: s.y.slice(), men: s.men.slice(), state: s.state.slice(), control: s.control.slice() });

function advance(s) { // read one turn's differences into a state
  let at = starts[++s.index];
  const n = bytes.getUint16(at, true); at += 2;
  for (const column of [s.x, s.y, s.men]) for (let i = 0; i < n; i++, at += 2) column[i] += bytes.getUint16(at, true);
  for (let i = 0; i < n; i++) s.state[i] += bytes.getUint8(at++);
  const cells = bytes.getUint32(at, true); at += 4;
  const sides = at + 4 * cells;
  for (let k = 0; k < cells; k++) s.control[bytes.getUint32(at + 4 * k, true)] = bytes.getUint8(sides + k);
  at = sides + cells;
  s.figures = told.figures.map((_, k) => bytes.getInt32(at + 4 * k, true)); at += 4 * told.figures.length;
  s.forces = told.forces.map((_, k) => bytes.getInt32(at + 4 * k, true));
  s.ground = cells > 0;
  return s;
}

function stateAt(index) {
  let from = Math.floor(index / KEY) * KEY;
  while (from > 0 && !keys.has(from)) from -= KEY;
  const s = from > 0 ? copy(keys.get(from)) : advance(blank());
  while (s.index < index) {
    advance(s);
    if (s.index % KEY === 0 && !keys.has(s.index)) keys.set(s.index, copy(s));
  }
  return s;
}

function go(index, glide) {
  index = Math.max(0, Math.min(told.turns.length - 1, index));
  before = glide && now && now.index === index - 1 ? now : null;
  now = before ? advance(copy(now)) : stateAt(index);
  if (now.index % KEY === 0 && !keys.has(now.index)) keys.set(now.index, copy(now));
  turn = index; share = before ? 0 : 1;
  wash(); panel(); dirty = true;
}

// ---- the picture
const canvas = $("map"), pen = canvas.getContext("2d");
const tint = document.createElement("canvas");
let dirty = true;

function wash() { // the holder of every cell as a small picture, drawn smooth
  const w = told.width, h = told.cells / w;
  tint.width = w; tint.height = h;
  const c = tint.getContext("2d"), d = c.createImageData(w, h);
  for (let k = 0; k < told.cells; k++) {
    const s = told.wash[now.control[k]];
    if (!s) continue;
    const r = Math.floor(k / w), to = 4 * ((h - 1 - r) * w + k % w);
    const edge = [1, -1, w, -w].some((o) => now.control[k + o] !== undefined && now.control[k + o] !== now.control[k]);
    d.data[to] = s[0]; d.data[to + 1] = s[1]; d.data[to + 2] = s[2];
    d.data[to + 3] = 255 * Math.min(0.75, s[3] + (edge ? 0.34 : 0.06));
  }
  c.putImageData(d, 0, 0);
}
const px = (x, y) => [(x - view.x) * view.scale + canvas.width / 2, (view.y - y) * view.scale + canvas.height / 2];

function fit() {
  view.x = told.extent[0] / 2; view.y = told.extent[1] / 2;
  view.scale = Math.min(canvas.width / told.extent[0], canvas.height / told.extent[1]); dirty = true;
}

function box([west, south, east, north], image) {
  const [l, t] = px(west, north), [r, b] = px(east, south);
  pen.drawImage(image, l, t, r - l, b - t);
}

function units() {
  const groups = new Map(), glide = share * share * (3 - 2 * share);
  const cell = Math.max(16, 2.6 * view.scale > 34 ? 34 : 20);
  for (let i = 0; i < told.rows.length; i++) {
    if (!now.men[i]) continue;
    let x = now.x[i], y = now.y[i];
    if (before && before.men[i]) { x = before.x[i] + (x - before.x[i]) * glide; y = before.y[i] + (y - before.y[i]) * glide; }
    const [u, v] = px(x / FINE * told.plane[0], y / FINE * told.plane[1]);
    if (u < -40 || v < -40 || u > canvas.width + 40 || v > canvas.height + 40) continue;
    const side = told.forces[told.rows[i][0]].side;
    const key = side + ":" + Math.round(u / cell) + ":" + Math.round(v / cell);
    const g = groups.get(key);
    if (!g) groups.set(key, { u, v, i, men: now.men[i], rows: [i] });
    else { g.rows.push(i); g.men += now.men[i]; if (now.men[i] > now.men[g.i]) { g.i = i; g.u = u; g.v = v; } }
  }
  const size = Math.max(15, Math.min(36, 9 + view.scale * 1.3)) * devicePixelRatio, s = told.symbols.size;
  drawn = [...groups.values()].sort((a, b) => a.v - b.v);
  for (const g of drawn) {
    const [force, kind] = told.rows[g.i];
    pen.globalAlpha = (now.state[g.i] & 15) === ROUTED ? 0.55 : 1;
    pen.drawImage(sheet, kind * s, force * s, s, s, g.u - size / 2, g.v - size / 2, size, size);
    pen.globalAlpha = 1;
    if (g.rows.length > 1 && view.scale > 3) {
      pen.font = `600 ${10 * devicePixelRatio}px system-ui`; pen.textAlign = "center"; pen.textBaseline = "middle";
      pen.fillStyle = "#23262A"; pen.beginPath(); pen.arc(g.u + size * .42, g.v - size * .36, 7.5 * devicePixelRatio, 0, 7); pen.fill();
      pen.fillStyle = "#fff"; pen.fillText(g.rows.length, g.u + size * .42, g.v - size * .36);
    }
  }
}
let drawn = [];

function names() {
  const taken = [];
  pen.textBaseline = "middle"; pen.textAlign = "left"; pen.lineJoin = "round";
  for (const [name, x, y, rank, from] of [...told.places].sort((a, b) => a[3] - b[3])) {
    if (view.scale / devicePixelRatio < from) continue;
    const [u, v] = px(x, y), f = (rank === 0 ? 15 : 12) * devicePixelRatio;
    pen.font = `${rank < 4 ? 600 : 400} ${f}px "Roboto Condensed", "Arial Narrow", system-ui`;
    const b = [u + 8, v - f, u + 14 + pen.measureText(name).width, v + f * .4];
    if (taken.some((t) => t[0] < b[2] && t[2] > b[0] && t[1] < b[3] && t[3] > b[1])) continue;
    taken.push(b);
    pen.strokeStyle = "#F8F1E0"; pen.lineWidth = 3.5 * devicePixelRatio; pen.strokeText(name, u + 10, v - 4);
    pen.fillStyle = "#3A342B"; pen.fillText(name, u + 10, v - 4);
  }
}

function happenings() {
  for (const [when, kind, , x, y, weight] of current) {
    if (x < 0 || told.turns[turn] - when > 2) continue;
    const [u, v] = px(x, y), r = (5 + 11 * weight) * devicePixelRatio * (0.7 + 0.3 * share);
    pen.strokeStyle = told.events[kind] || "#23262A"; pen.lineWidth = 2.2 * devicePixelRatio;
    pen.globalAlpha = 0.9; pen.beginPath(); pen.arc(u, v, r, 0, 7); pen.stroke(); pen.globalAlpha = 1;
  }
}

function draw() {
  pen.fillStyle = "#F4F0E6"; pen.fillRect(0, 0, canvas.width, canvas.height);
  box(told.ground[0].box, images[0]);
  if (view.scale > 8 * devicePixelRatio && images[1]) box(told.ground[1].box, images[1]);
  pen.imageSmoothingEnabled = true;
  const c = told.cell;
  box([-c, -c, (told.width - 1) * c, (told.cells / told.width - 1) * c], tint);
  names(); units(); happenings();
}

// ---- the panel
const thousands = (n) => n.toLocaleString("en-GB");
const moment = (t) => new Date(Date.parse(told.start + "Z") + t * told.hours * 3600e3);
const day = (index) => moment(told.turns[index]);
const words = (d) => d.toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
let current = [];

function list(id, pairs) { $(id).innerHTML = pairs.map(([k, v, c]) => `<dt>${k}</dt><dd class="${c || ""}">${v}</dd>`).join(""); }
const clean = (t) => t.replace(/[&<>]/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" }[c]));

function panel() {
  const f = Object.fromEntries(told.figures.map((name, k) => [name, now.figures[k]]));
  const d = day(turn);
  $("date").textContent = `${words(d)}, ${String(d.getUTCHours()).padStart(2, "0")}:00`;
  $("living").textContent = thousands(f.civilians);
  list("civilians", [["died of hunger", thousands(f.dead_hunger), "dead"], ["by fire", thousands(f.dead_fire), "dead"],
    ["massacred", thousands(f.dead_massacre), "dead"], ["abducted", thousands(f.abducted)],
    ["left", thousands(f.left)], ["ration", f.ration + " %"]]);
  list("stores", [["garrison", thousands(f.garrison)], ["ground", (f.area_km2 / 100).toFixed(0) + " km²"], ["food", (f.food_days / 100).toFixed(1) + " d"], ["", ""]]);
  $("forces").innerHTML = told.forces.map((one, k) => `<tr><td><i style="background:${one.line}"></i>${clean(one.name)}</td><td>${thousands(now.forces[k])}</td></tr>`).join("");
  const t = told.turns[turn];
  let last = told.log.length; while (last > 0 && told.log[last - 1][0] > t) last--;
  current = told.log.slice(Math.max(0, last - 40), last).reverse();
  $("events").innerHTML = current.map((e, k) => `<li data-k="${k}" style="--dot:${told.events[e[1]] || "#555"}"><time>${moment(e[0]).toLocaleDateString("en-GB", { day: "numeric", month: "short", timeZone: "UTC" })}</time>${clean(e[2])}</li>`).join("");
  $("bar").value = turn;
  $("play").textContent = playing ? "❚❚" : "▶";
}

function pulse() { // how much happens, and the milestones
  const c = $("pulse"), p = c.getContext("2d"); c.width = c.clientWidth * devicePixelRatio; c.height = c.clientHeight * devicePixelRatio;
  const bins = new Float64Array(Math.max(40, Math.floor(c.width / 3))), end = told.turns[told.turns.length - 1] || 1;
  for (const e of told.log) bins[Math.min(bins.length - 1, Math.floor(e[0] / (end + 1) * bins.length))] += e[5];
  const most = Math.max(...bins, 1e-9);
  p.fillStyle = "#D8C9AE"; bins.forEach((b, k) => p.fillRect(k * c.width / bins.length, c.height * (1 - .8 * b / most) - 10, c.width / bins.length - .5, c.height * .8 * b / most));
  p.font = `${10 * devicePixelRatio}px system-ui`; p.fillStyle = "#0F6C7A";
  const rowEnds = [];
  for (const [name, t] of Object.entries(told.milestones).sort((a, b) => a[1] - b[1])) {
    const x = t / end * c.width, said = name.replaceAll("_", " "), wide = p.measureText(said).width + 6;
    const left = Math.min(x + 3, c.width - wide);
    let row = rowEnds.findIndex((until) => until < left); if (row < 0) row = rowEnds.length;
    rowEnds[row] = left + wide;
    p.fillRect(x, 0, 1.5, c.height); p.fillText(said, left, (10 + 11 * row) * devicePixelRatio);
  }
}

// ---- time, mouse, keys
function tick(ms) {
  const pace = +$("speed").value;
  if (playing) {
    const step = Math.min(100, ms - clock) / 1000 * pace;
    share += step; dirty = true;
    if (share >= 1) { if (turn >= told.turns.length - 1) { share = 1; playing = false; panel(); } else { const extra = Math.floor(share); extra > 1 ? go(turn + extra, false) : go(turn + 1, true); } }
  }
  clock = ms;
  if (dirty) { draw(); dirty = false; }
  requestAnimationFrame(tick);
}
function play() { playing = !playing; if (playing && turn >= told.turns.length - 1) go(0); $("play").textContent = playing ? "❚❚" : "▶"; }
function step(n) { playing = false; go(turn + n); }
function zoom(factor, u, v) {
  const x = view.x + (u - canvas.width / 2) / view.scale, y = view.y - (v - canvas.height / 2) / view.scale;
  const least = Math.min(canvas.width / told.extent[0], canvas.height / told.extent[1]) * .9;
  view.scale = Math.max(least, Math.min(120 * devicePixelRatio, view.scale * factor));
  view.x = x - (u - canvas.width / 2) / view.scale; view.y = y + (v - canvas.height / 2) / view.scale; dirty = true;
}
let drag = null;
canvas.onpointerdown = (e) => { drag = [e.clientX, e.clientY]; canvas.setPointerCapture(e.pointerId); };
canvas.onpointerup = () => { drag = null; };
canvas.onpointermove = (e) => {
  if (drag) { view.x -= (e.clientX - drag[0]) * devicePixelRatio / view.scale; view.y += (e.clientY - drag[1]) * devicePixelRatio / view.scale; drag = [e.clientX, e.clientY]; dirty = true; return; }
  const box = canvas.getBoundingClientRect(), u = (e.clientX - box.left) * devicePixelRatio, v = (e.clientY - box.top) * devicePixelRatio;
  const g = drawn.find((one) => Math.hypot(one.u - u, one.v - v) < 14 * devicePixelRatio);
  $("tip").hidden = !g;
  if (g) {
    const [force, kind, formation] = told.rows[g.i];
    $("tip").innerHTML = `<b>${clean(told.formations[formation] || told.forces[force].name)}</b><br>${clean(told.forces[force].name)}, ${told.kinds[kind]}<br>${thousands(g.men)} men in ${g.rows.length} unit${g.rows.length > 1 ? "s" : ""}`;
    $("tip").style.left = Math.min(innerWidth - 310, e.clientX + 14) + "px"; $("tip").style.top = e.clientY + 14 + "px";
  }
};
canvas.onpointerleave = () => { $("tip").hidden = true; };
canvas.addEventListener("wheel", (e) => { e.preventDefault(); const b = canvas.getBoundingClientRect(); zoom(e.deltaY < 0 ? 1.2 : 1 / 1.2, (e.clientX - b.left) * devicePixelRatio, (e.clientY - b.top) * devicePixelRatio); }, { passive: false });
$("events").onclick = (e) => { const li = e.target.closest("li"); if (!li) return; const one = current[+li.dataset.k]; playing = false;
  if (one[3] >= 0) { view.x = one[3]; view.y = one[4]; view.scale = Math.max(view.scale, 14 * devicePixelRatio); } go(told.turns.indexOf(one[0])); };
$("bar").oninput = (e) => { playing = false; go(+e.target.value); };
$("play").onclick = play; $("back").onclick = () => step(-1); $("on").onclick = () => step(1);
document.onkeydown = (e) => {
  const keysOf = { " ": play, ",": () => step(-1), ".": () => step(1), ArrowLeft: () => step(-10), ArrowRight: () => step(10), Home: () => step(-1e9), End: () => step(1e9),
    0: fit, "+": () => zoom(1.25, canvas.width / 2, canvas.height / 2), "-": () => zoom(.8, canvas.width / 2, canvas.height / 2) };
  if (e.target.id !== "bar" || e.key === " ") { if (keysOf[e.key]) { e.preventDefault(); keysOf[e.key](); } else if ("12345".includes(e.key)) $("speed").selectedIndex = +e.key - 1; }
};
function arrange() { const first = canvas.width === 300; canvas.width = canvas.clientWidth * devicePixelRatio; canvas.height = canvas.clientHeight * devicePixelRatio; if (first) fit(); pulse(); dirty = true; }
onresize = arrange;

(async () => {
  document.querySelector("h1").textContent = told.title;
  $("date").textContent = "unpacking ...";
  $("origin").textContent = `${told.scenario} · seed ${told.seed}`;
  await Promise.all([unpack(), sheet.decode(), ...images.map((one) => one.decode())]);
  $("bar").max = told.turns.length - 1;
  arrange(); go(+(location.hash.slice(1) || 0)); arrange(); fit(); document.body.dataset.ready = "yes";
  requestAnimationFrame(tick);
})();
