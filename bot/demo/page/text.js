// Slack's mrkdwn, drawn as DOM nodes: nothing that anyone wrote is ever parsed as HTML.

export const EMOJI = {
  eyes: "👀", white_check_mark: "✅", alarm_clock: "⏰", pushpin: "📌", no_bell: "🔕", "+1": "👍",
  handshake: "🤝", thumbsup: "👍", pray: "🙏", tada: "🎉", slightly_smiling_face: "🙂", grinning: "😀",
  heart: "❤️", rage: "😡", fire: "🔥", wave: "👋", warning: "⚠️", bell: "🔔", speech_balloon: "💬",
  hourglass: "⌛", hourglass_flowing_sand: "⏳", large_green_circle: "🟢", large_yellow_circle: "🟡",
  large_orange_circle: "🟠", red_circle: "🔴", white_circle: "⚪", memo: "📝", bulb: "💡", zzz: "💤",
  rotating_light: "🚨", x: "❌", heavy_check_mark: "✔️", ear: "👂", ok_hand: "👌", clock3: "🕒",
  calendar: "📆", spiral_calendar_pad: "🗓️", link: "🔗", lock: "🔒", point_right: "👉", raised_hands: "🙌",
};

export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

export const named = (text) => text.replace(/:([a-z0-9_+-]+):/g, (all, name) => EMOJI[name] ?? all);

const unescape = (text) => text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");

const INLINE = new RegExp([
  "```([\\s\\S]+?)```", "`([^`\\n]+)`", "<([^<>\\n]+)>",
  "(?<![\\w*])\\*(?=\\S)([^*\\n]+?)\\*(?!\\w)", "(?<!\\w)_(?=\\S)([^_\\n]+?)_(?!\\w)",
  "(?<!\\w)~(?=\\S)([^~\\n]+?)~(?!\\w)", ":([a-z0-9_+-]+):",
].join("|"), "g");

// `world` knows people, channels, the acting person's zone, and how to go to a message.
export function mrkdwn(text, world) {
  const nodes = [];
  for (const part of text.split(/((?:^(?:&gt;|>)[^\n]*(?:\n|$))+)/m)) {
    if (!part) continue;
    if (/^(&gt;|>)/.test(part)) nodes.push(element("blockquote", {}, ...inline(part.replace(/^(&gt;|>) ?/gm, "").trimEnd(), world)));
    else nodes.push(...inline(part, world));
  }
  return element("div", { class: "mrkdwn" }, ...nodes);
}

function inline(text, world) {
  const nodes = [];
  let end = 0;
  for (const found of text.matchAll(INLINE)) {
    nodes.push(unescape(text.slice(end, found.index)));
    end = found.index + found[0].length;
    const [all, block, code, angle, bold, italic, struck, emoji] = found;
    if (block) nodes.push(element("pre", {}, unescape(block.trim())));
    else if (code) nodes.push(element("code", {}, unescape(code)));
    else if (angle) nodes.push(reference(angle, world));
    else if (bold) nodes.push(element("strong", {}, ...inline(bold, world)));
    else if (italic) nodes.push(element("em", {}, ...inline(italic, world)));
    else if (struck) nodes.push(element("s", {}, ...inline(struck, world)));
    else nodes.push(EMOJI[emoji] ?? all);
  }
  nodes.push(unescape(text.slice(end)));
  return nodes;
}

function reference(inside, world) {
  const [target, ...rest] = inside.split("|");
  const label = rest.length ? unescape(rest.join("|")) : "";
  if (target.startsWith("@")) return element("span", { class: "mention" }, `@${world.nameOf(target.slice(1)) ?? label}`);
  if (target.startsWith("#")) return element("span", { class: "mention" }, `#${world.channelName(target.slice(1)) ?? label}`);
  if (target.startsWith("!date^")) return date(target, label, world);
  if (target.startsWith("!")) return element("span", { class: "mention" }, `@${target.slice(1)}`);
  return link(unescape(target), label, world);
}

export function link(url, label, world) {
  const place = /\.slack\.com\/archives\/(\w+)\/p(\d+)(\d{6})/.exec(url);
  if (place) {
    const go = (event) => { event.preventDefault(); world.goTo(place[1], `${place[2]}.${place[3]}`); };
    return element("a", { href: "#", onclick: go }, label || "the message");
  }
  if (!/^(https?:|mailto:)/.test(url)) return label || url;
  return element("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, label || url);
}

function date(target, fallback, world) {
  const [, unix, format, url] = target.split("^");
  const moment = new Date(Number(unix) * 1000);
  if (Number.isNaN(moment.getTime())) return fallback;
  const text = format.replace(/\{(\w+)\}/g, (all, token) => said(moment, token, world) ?? all);
  const shown = element("time", { datetime: moment.toISOString(), title: said(moment, "full", world) }, text);
  return url ? link(unescape(url), text, world) : shown;
}

function said(moment, token, world) {
  const as = (options) => moment.toLocaleString("en-GB", { timeZone: world.zone, ...options });
  const day = (at) => at.toLocaleDateString("en-CA", { timeZone: world.zone });
  const near = { [day(world.now)]: "today", [day(new Date(world.now - 864e5))]: "yesterday", [day(new Date(+world.now + 864e5))]: "tomorrow" };
  const dates = {
    date: { day: "numeric", month: "long", year: "numeric" }, date_num: { dateStyle: "short" },
    date_short: { day: "numeric", month: "short", year: "numeric" },
    date_long: { weekday: "long", day: "numeric", month: "long", year: "numeric" },
  };
  if (token === "time") return as({ hour: "2-digit", minute: "2-digit" });
  if (token === "time_secs") return as({ timeStyle: "medium" });
  if (token === "full") return as({ dateStyle: "full", timeStyle: "short" });
  if (token.endsWith("_pretty")) return near[day(moment)] ?? said(moment, token.replace("_pretty", ""), world);
  return dates[token] && as(dates[token]);
}

// For the edit box: what the person would have typed.
export function typed(text, world) {
  const plain = text.replace(/<([^<>]+)>/g, (all, inside) => {
    const [target, label] = inside.split("|");
    if (target.startsWith("@")) return `@${(world.nameOf(target.slice(1)) ?? label ?? "").toLowerCase()}`;
    if (target.startsWith("#")) return `#${world.channelName(target.slice(1)) ?? label}`;
    return target;
  });
  return unescape(named(plain));
}
