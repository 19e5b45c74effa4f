// The page: asks what one person sees, draws it, and sends what the visitor does in their name.

import { drawBlocks } from "./blocks.js";
import { drawModal, inView } from "./forms.js";
import { keep } from "./keep.js";
import { EMOJI, element, mrkdwn, typed } from "./text.js";

const $ = (id) => document.getElementById(id);
const REACTIONS = ["eyes", "white_check_mark", "alarm_clock", "pushpin", "no_bell", "handshake", "+1"];
const FIRST = "U0ANALEAD01";

let state = null;
let [me, room] = location.hash.slice(1).split("/");
let thread = null;
let tab = "messages";
let editing = null;
let newest = null;
me ||= FIRST;

// --- talking to the demo ---------------------------------------------------------------------

async function act(action, body = {}) {
  const answer = await fetch(`/demo/${action}`, {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ as: me, ...body }),
  });
  const said = await answer.json();
  if (!answer.ok) toast(said.error, null, "trouble");
  else if (said.acked === false) toast("Heard did not answer that. Is it running?", null, "trouble");
  return answer.ok;
}

let refreshing = false, again = false;
async function refresh() {
  if (refreshing) { again = true; return; }
  refreshing = true;
  const asked = me;
  try {
    const seen = await (await fetch(`/demo/state?as=${asked}`)).json();
    if (seen.error) { me = FIRST; again = true; }
    else if (asked === me) { state = seen; draw(); }
  } catch { $("bot").textContent = "The demo has stopped"; }
  refreshing = false;
  if (again) { again = false; refresh(); }
}

const events = new EventSource("/demo/events");
events.onmessage = refresh;
events.onerror = () => { $("bot").textContent = "The demo has stopped"; $("bot").className = "off"; };

// --- what text and blocks need to know -------------------------------------------------------

const person = (id) => state.people.find((one) => one.id === id);
// Posted by Heard under a person's name: it wears that person's face, and stays marked as an app.
const author = (message) => state.people.find((one) => [one.name, one.real_name].includes(message.sender)) ?? person(message.user) ?? person("USLACKBOT");
const here = () => state.channels.find((one) => one.id === room) ?? state.channels[0];
const world = () => ({
  zone: state.clock.zone,
  now: new Date(state.clock.now),
  people: state.people.filter((one) => one.kind !== "bot"),
  channels: state.channels.filter((one) => !one.direct),
  nameOf: (id) => person(id)?.name,
  channelName: (id) => state.channels.find((one) => one.id === id)?.name,
  goTo,
});
const moment = (ts) => new Date(Number(ts) * 1000);
const clock = (when, options) => when.toLocaleString("en-GB", { timeZone: state.clock.zone, ...options });
const title = (channel) => (channel.direct ? channel.name : `#${channel.name}`);

function goTo(channel, ts) {
  const place = state.channels.find((one) => one.id === channel);
  if (!place) { toast("You are not in that channel."); return; }
  const message = place.messages.find((one) => one.ts === ts);
  enter(channel);
  thread = message?.thread_ts ?? (message?.replies ? ts : null);
  draw();
  const row = document.querySelector(`[data-ts="${CSS.escape(ts)}"]`);
  row?.scrollIntoView({ block: "center" });
  row?.classList.add("found");
  setTimeout(() => row?.classList.remove("found"), 2000);
}

function enter(channel) {
  if (room !== channel) { thread = null; tab = "messages"; editing = null; }
  $("toasts").replaceChildren();
  room = channel;
  location.hash = `${me}/${room}`;
  const place = here();
  if (place.direct) act("home", { tab: "messages" });
  draw();
  $("composer").querySelector("textarea").focus();
}

function become(id) {
  if (me === id) return;
  $("toasts").replaceChildren();
  me = id; thread = null; newest = null; editing = null; tab = "messages";
  refresh();
}

// --- drawing ---------------------------------------------------------------------------------

// What one person sees, another sees in other words and at another hour.
const list = (parent, items, key, drawItem) => keep(parent, items, key, drawItem, (item) => JSON.stringify(item) + me + state.clock.zone);

function draw() {
  room = here().id;
  if (location.hash !== `#${me}/${room}`) history.replaceState(null, "", `#${me}/${room}`);
  const channel = here();
  drawBar();
  drawSide(channel);
  drawRoom(channel);
  drawThread(channel);
  drawModal($("modal"), state.view, world(), act);
  announce(channel);
  if (channel.unread && document.visibilityState === "visible") act("read", { channel: channel.id });
}

function drawBar() {
  list($("people"), state.people.filter((one) => one.kind !== "bot"), (one) => one.id, (one) =>
    element("button", {
      class: `person ${one.kind}`, "aria-pressed": String(one.id === me), "data-testid": `be-${one.name.toLowerCase()}`,
      title: `${one.real_name}, ${one.title}`, onclick: () => become(one.id),
    }, avatar(one), one.name, one.badge && element("span", { class: "quiet" }, ` · ${one.badge}`),
    one.unread > 0 && one.id !== me && badge(one.unread)));
  const now = new Date(state.clock.now);
  $("time").textContent = clock(now, { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
  $("zone").textContent = state.clock.zone.replace("_", " ");
  $("bot").textContent = state.bot.connected ? "Heard is connected" : "Heard is not connected";
  $("bot").className = state.bot.connected ? "on" : "off";
}

const badge = (count) => element("span", { class: "badge", "aria-label": `${count} unread` }, String(count));
const avatar = (one) => element("span", { class: `avatar ${one.kind}`, style: `background:${one.color}`, "aria-hidden": "true" }, one.name[0]);

function drawSide(channel) {
  const row = (one) => element("li", {}, element("button", {
    class: one.unread ? "unread" : "", "aria-current": one.id === room ? "page" : null,
    "data-testid": `channel-${one.name.toLowerCase()}`, onclick: () => enter(one.id),
  }, element("span", { class: "hash", "aria-hidden": "true" }, one.direct ? "♥" : "#"), one.name,
  one.shared && element("span", { class: "quiet", title: "Through Slack Connect" }, "shared"), one.unread > 0 && badge(one.unread)));
  const listed = state.channels.map(({ id, name, unread, direct, shared }) => ({ id, name, unread, direct, shared, open: id === channel.id }));
  list($("channels"), listed.filter((one) => !one.direct), (one) => one.id, row);
  list($("apps"), listed.filter((one) => one.direct), (one) => one.id, row);
  $("apps-title").hidden = !listed.some((one) => one.direct);
  const next = state.steps.findIndex((step) => !step.done);
  list($("steps"), state.steps.map((step, index) => ({ ...step, next: index === next })), (step) => step.text, (step) =>
    element("li", { class: step.done ? "done" : step.next ? "next" : "", "data-done": String(step.done) }, mrkdwn(step.text, world())));
}

function drawRoom(channel) {
  $("title").textContent = title(channel);
  $("topic").textContent = channel.direct ? "Between you and Heard" : `${channel.topic} · ${channel.members.length} members`;
  $("tabs").hidden = !channel.direct || !state.bot.home;
  for (const button of $("tabs").children) button.setAttribute("aria-pressed", String(button.dataset.tab === tab));
  const home = channel.direct && tab === "home";
  $("home").hidden = !home;
  $("messages").hidden = home;
  $("composer").hidden = home || (channel.direct && !state.bot.takes_messages);
  $("read-only").hidden = home || !channel.direct || state.bot.takes_messages;
  if (home) drawHome();
  const box = $("composer").querySelector("textarea");
  box.placeholder = channel.direct ? "Message Heard, or type /heard" : `Message ${title(channel)}${state.commands.length ? `, or type ${state.commands[0]}` : ""}`;
  drawMessages($("messages"), channel.messages.filter((one) => !one.thread_ts || one.broadcast));
}

function drawThread(channel) {
  const shown = channel.messages.filter((one) => one.ts === thread || one.thread_ts === thread);
  const open = Boolean(thread && shown.length);
  $("thread").hidden = !open;
  document.body.classList.toggle("threaded", open);
  $("thread-place").textContent = title(channel);
  if (open) drawMessages($("replies"), shown, true);
}

function drawMessages(box, messages, inThread = false) {
  const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 80 || box.dataset.place !== `${me}${room}${thread}`;
  box.dataset.place = `${me}${room}${thread}`;
  const whispered = new Set(here().messages.filter((one) => one.ephemeral).map((one) => one.thread_ts));
  let day = "";
  const rows = messages.flatMap((message) => {
    const date = clock(moment(message.ts), { weekday: "long", day: "numeric", month: "long" });
    const divider = date === day || inThread ? [] : [{ divider: date }];
    day = date;
    return [...divider, { ...message, editing: editing === message.ts, whispered: whispered.has(message.ts) }];
  });
  list(box, rows, (row) => row.ts ?? row.divider, (row) =>
    (row.divider ? element("div", { class: "day" }, element("span", {}, row.divider)) : drawMessage(row, inThread)));
  if (atEnd) box.scrollTop = box.scrollHeight;
}

function drawMessage(message, inThread) {
  const face = author(message);
  const where = { channel: room, ts: message.ts };
  const click = (block, control, chosen) => act("click", {
    ...where, block_id: block.block_id, action_id: control.action_id,
    ...(control.type === "button" ? { value: chosen } : { selected: chosen }),
  });
  const picture = message.icon ? element("img", { class: "avatar", src: message.icon, alt: "" }) : avatar(face);
  return element("article", { class: message.ephemeral ? "message whisper" : "message", "data-ts": message.ts, "data-testid": "message" },
    picture,
    element("div", { class: "said" },
      message.ephemeral && element("p", { class: "only quiet" }, "👁 Only visible to you"),
      message.broadcast && !inThread && element("p", { class: "only quiet" }, "↳ replied to a thread"),
      element("header", {}, element("strong", {}, message.sender ?? face.name),
        (message.sender || face.kind === "bot") && element("span", { class: "tag" }, "APP"),
        face.badge && element("span", { class: "tag customer" }, face.badge),
        element("time", { class: "quiet", datetime: moment(message.ts).toISOString() }, clock(moment(message.ts), { hour: "2-digit", minute: "2-digit" }))),
      body(message, click),
      reactions(message, where),
      message.replies > 0 && !inThread && element("button", { class: "replies", "data-testid": "open-thread", onclick: () => openThread(message.ts) },
        ...message.repliers.slice(0, 3).map((one) => avatar(author(one))), `${message.replies} ${message.replies > 1 ? "replies" : "reply"}`,
        element("span", { class: "quiet" }, ` last at ${clock(moment(message.last_reply), { hour: "2-digit", minute: "2-digit" })}${message.whispered ? " · one is for you alone" : ""}`))),
    !message.ephemeral && !message.deleted && toolbar(message, where, inThread));
}

function body(message, click) {
  if (message.deleted) return element("p", { class: "quiet" }, "This message was deleted.");
  if (message.editing) return editor(message);
  const blocks = message.blocks.filter((block) => block.type !== "rich_text");
  const content = blocks.length ? drawBlocks(blocks, world(), click) : message.text ? [mrkdwn(message.text, world())] : [];
  const attached = message.attachments.map((one) => element("div", { class: "attachment", style: `border-color:${/^#?\w{3,8}$/.test(one.color ?? "") ? one.color : "#d8d3c8"}` },
    ...(one.blocks?.length ? drawBlocks(one.blocks, world(), click) : [mrkdwn(one.text ?? one.fallback ?? "", world())])));
  return element("div", { class: "body" }, ...content, ...attached, message.edited && !message.ephemeral && element("span", { class: "quiet edited" }, "(edited)"));
}

function editor(message) {
  const box = element("textarea", { rows: 3, "aria-label": "Edit the message" }, typed(message.text, world()));
  const finish = async (event) => {
    event.preventDefault();
    if (await act("edit", { channel: room, ts: message.ts, text: box.value })) { editing = null; refresh(); }
  };
  box.addEventListener("keydown", (event) => { if (event.key === "Enter" && !event.shiftKey) finish(event); });
  return element("form", { class: "editor", onsubmit: finish }, box,
    element("button", { type: "button", onclick: () => { editing = null; draw(); } }, "Cancel"), element("button", { class: "action primary" }, "Save"));
}

function reactions(message, where) {
  if (!message.reactions.length) return null;
  return element("div", { class: "reactions" }, ...message.reactions.map(({ name, users }) => element("button", {
    "aria-pressed": String(users.includes(me)), title: `${users.map((id) => person(id)?.name).join(", ")} reacted with :${name}:`,
    "data-testid": `reaction-${name}`, onclick: () => act("react", { ...where, name, on: !users.includes(me) }),
  }, EMOJI[name] ?? `:${name}:`, element("span", {}, String(users.length)))));
}

function toolbar(message, where, inThread) {
  const mine = message.user === me;
  const menu = (event) => {
    const chosen = event.target.value;
    event.target.value = "";
    if (chosen === "edit") { editing = message.ts; draw(); document.querySelector(".editor textarea")?.focus(); }
    else if (chosen === "delete") act("delete", where);
    else act("shortcut", { ...where, callback_id: chosen });
  };
  const options = [...state.shortcuts.map((one) => [one.callback_id, one.name]), ...(mine ? [["edit", "Edit"], ["delete", "Delete"]] : [])];
  return element("div", { class: "toolbar", role: "toolbar", "aria-label": "Message actions" },
    ...REACTIONS.map((name) => element("button", {
      "aria-label": `React with ${name}`, title: `:${name}:`, "data-testid": `react-${name}`,
      onclick: () => act("react", { ...where, name, on: !message.reactions.some((one) => one.name === name && one.users.includes(me)) }),
    }, EMOJI[name])),
    !inThread && element("button", { "aria-label": "Reply in thread", title: "Reply in thread", "data-testid": "reply-in-thread", onclick: () => openThread(message.thread_ts ?? message.ts) }, "💬"),
    options.length > 0 && element("select", { "aria-label": "More actions", "data-testid": "more", onchange: menu },
      element("option", { value: "" }, "⋯"), ...options.map(([value, label]) => element("option", { value }, label))));
}

function openThread(ts) {
  thread = ts;
  draw();
  $("reply").querySelector("textarea").focus();
}

function drawHome() {
  const view = state.home;
  if ($("home").dataset.hash === (view?.hash ?? "none") + me) return;
  $("home").dataset.hash = (view?.hash ?? "none") + me;
  const blocks = view ? drawBlocks(view.blocks, world(), inView(view, $("home"), act)) : [element("p", { class: "quiet" }, "Heard has nothing here yet.")];
  $("home").replaceChildren(...blocks);
}

// --- telling the visitor where something happened ---------------------------------------------

function announce(channel) {
  const all = state.channels.flatMap((one) => one.messages.map((message) => ({ ...message, where: one })));
  const latest = all.reduce((max, one) => (one.ts > max ? one.ts : max), "");
  if (newest !== null) {
    for (const one of all.filter((each) => each.ts > newest && person(each.user)?.kind === "bot")) {
      const inSight = one.where === channel && (!one.thread_ts || one.broadcast || one.thread_ts === thread);
      if (!inSight) toast(one.where.direct || one.ephemeral ? "Heard sent you a message" : `${one.sender ?? "Heard"} posted in ${title(one.where)}`, () => goTo(one.where.id, one.ts));
    }
  }
  newest = latest > (newest ?? "") ? latest : newest;
}

function toast(text, go = null, kind = "") {
  const shown = element(go ? "button" : "div", { class: `toast ${kind}`, "data-testid": "toast", role: "status" }, text, go && element("span", { class: "quiet" }, " Show"));
  shown.addEventListener("click", () => { shown.remove(); go?.(); });
  $("toasts").append(shown);
  setTimeout(() => shown.remove(), 7000);
}

// --- what stays in place ----------------------------------------------------------------------

function composer(form, extra) {
  const box = form.querySelector("textarea");
  const send = async (event) => {
    event.preventDefault();
    const text = box.value.trim();
    if (!text) return;
    const kept = box.value;
    box.value = "";
    hint();
    const sent = text.startsWith("/") ? await act("command", { channel: room, text, ...extra() }) : await act("post", { channel: room, text, ...extra() });
    if (!sent) box.value ||= kept;
  };
  const hint = () => {
    box.style.height = "auto";
    box.style.height = `${Math.min(box.scrollHeight, 160)}px`;
    if (form.id !== "composer") return;
    $("commands").hidden = !box.value.startsWith("/");
    $("commands").textContent = state.commands.length ? `${state.commands.join(", ")}: try “${state.commands[0]} help”, then Enter` : "Heard is not installed in your workspace: its commands are not for you";
  };
  form.addEventListener("submit", send);
  box.addEventListener("input", hint);
  box.addEventListener("keydown", (event) => { if (event.key === "Enter" && !event.shiftKey && !event.isComposing) send(event); });
}

composer($("composer"), () => ({}));
composer($("reply"), () => ({ thread_ts: thread, broadcast: $("broadcast").checked }));
$("close-thread").addEventListener("click", () => { thread = null; draw(); });
$("modal").addEventListener("cancel", (event) => { event.preventDefault(); act("close", { view_id: state.view.id, clear: true }); });
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || $("modal").open) return;
  if (editing) editing = null; else thread = null;
  draw();
});
document.addEventListener("visibilitychange", () => state && draw());
for (const button of document.querySelectorAll("[data-advance], [data-to]")) {
  const { advance, to } = button.dataset;
  button.addEventListener("click", () => act("clock", to ? { to } : { advance: Number(advance) }));
}
for (const button of $("tabs").children) {
  button.addEventListener("click", () => { tab = button.dataset.tab; act("home", { tab }); draw(); });
}
const guide = (shown) => { $("guide").hidden = !shown; $("show-guide").hidden = shown; localStorage.setItem("guide", shown ? "shown" : "hidden"); };
$("hide-guide").addEventListener("click", () => guide(false));
$("show-guide").addEventListener("click", () => guide(true));
guide(localStorage.getItem("guide") !== "hidden");
setInterval(refresh, 15_000); // the clock moves even when nobody speaks
refresh();
