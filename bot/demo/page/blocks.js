// Block Kit, drawn with the browser's own controls.

import { element, link, mrkdwn, named } from "./text.js";

const plain = (text) => named(text?.text ?? "");
const words = (text, world) => (text.type === "mrkdwn" ? mrkdwn(text.text, world) : element("div", { class: "mrkdwn" }, plain(text)));

const optionsOf = (control, world) => {
  if (control.type.includes("users")) return world.people.map((one) => ({ value: one.id, label: one.name }));
  if (/conversations|channels/.test(control.type)) return world.channels.map((one) => ({ value: one.id, label: `#${one.name}` }));
  const groups = control.option_groups?.flatMap((group) => group.options) ?? [];
  return [...(control.options ?? []), ...groups].map((one) => ({ value: one.value, label: plain(one.text), about: plain(one.description) }));
};

// `act(block, control, chosen)` is called for what a person does; in forms `values` prefill.
export function drawBlocks(blocks, world, act, form = null) {
  return blocks.map((block) => DRAW[block.type]?.(block, world, act, form) ?? element("div"));
}

const DRAW = {
  divider: () => element("hr"),
  header: (block) => element("h3", {}, plain(block.text)),
  image: (block) => element("img", { src: block.image_url, alt: block.alt_text }),
  rich_text: (block) => element("div", { class: "mrkdwn" }, richText(block.elements)),
  context: (block, world) => element("div", { class: "context" }, ...block.elements.map((one) =>
    (one.type === "image" ? element("img", { src: one.image_url, alt: one.alt_text }) : words(one, world)))),
  section: (block, world, act, form) => element("div", { class: "section" },
    element("div", {},
      block.text && words(block.text, world),
      block.fields && element("div", { class: "fields" }, ...block.fields.map((field) => words(field, world)))),
    block.accessory && drawControl(block, block.accessory, world, act, form)),
  actions: (block, world, act, form) => element("div", { class: "actions" },
    ...block.elements.map((control) => drawControl(block, control, world, act, form))),
  input: (block, world, act, form) => {
    const control = drawControl(block, block.element, world, act, form, Boolean(block.dispatch_action));
    const id = `input-${block.block_id}`;
    const field = control.matches("input, textarea, select") ? control : null;
    if (field) {
      field.removeAttribute("aria-label"); // its label says it
      field.setAttribute("aria-describedby", `${id}-hint ${id}-error`);
      field.id = id;
    }
    else control.setAttribute("aria-label", plain(block.label));
    return element("div", { class: "input", "data-block": block.block_id },
      element("label", field ? { for: id } : {}, plain(block.label), block.optional && element("span", { class: "quiet" }, " (optional)")),
      control,
      block.hint && element("p", { class: "quiet", id: `${id}-hint` }, plain(block.hint)),
      element("p", { class: "error", id: `${id}-error`, role: "alert" }));
  },
};

const richText = (elements) => elements.map((one) => one.text ?? one.name ?? richText(one.elements ?? [])).join("");

function drawControl(block, control, world, act, form, dispatches = true) {
  if (control.type === "image") return element("img", { src: control.image_url, alt: control.alt_text, class: "thumb" });
  if (control.type === "button") return drawButton(block, control, world, act);
  const draw = control.type.startsWith("multi_") || /radio|checkboxes/.test(control.type) ? drawChoices
    : control.type === "overflow" || control.type.endsWith("select") ? drawSelect : drawField;
  const given = form?.values?.[block.block_id]?.[control.action_id];
  const tell = () => {
    act(block, control, read(drawn));
    if (control.type === "overflow") drawn.value = "";
  };
  const drawn = draw(control, world, given === undefined ? initial(control) : given, dispatches ? tell : null, block);
  Object.assign(drawn.dataset, { block: block.block_id, action: control.action_id, testid: control.action_id, kind: control.type });
  return drawn;
}

function drawButton(block, control, world, act) {
  const click = () => {
    const ask = control.confirm;
    if (ask && !window.confirm(`${plain(ask.title)}\n\n${plain(ask.text)}`)) return;
    act(block, control, control.value);
    if (control.url) link(control.url, "", world).click?.();
  };
  return element("button", {
    type: "button", class: `action ${control.style ?? ""}`, onclick: click,
    "data-testid": control.action_id, "aria-label": control.accessibility_label || null,
  }, plain(control.text));
}

function drawSelect(control, world, given, chosen, block) {
  const title = control.type === "overflow" ? "⋯" : plain(control.placeholder) || "Choose…";
  const select = element("select", { class: control.type, "aria-label": control.type === "overflow" ? "More actions" : title, onchange: chosen },
    element("option", { value: "", hidden: !block.optional, disabled: !block.optional, selected: !given }, title),
    ...optionsOf(control, world).map((one) => element("option", { value: one.value, selected: one.value === given }, one.label)));
  return select;
}

function drawChoices(control, world, given, chosen) {
  const single = control.type === "radio_buttons";
  const name = `choice-${Math.random()}`;
  return element("div", { class: "choices", role: "group" }, ...optionsOf(control, world).map((one) =>
    element("label", {},
      element("input", { type: single ? "radio" : "checkbox", name, value: one.value, checked: [given].flat().includes(one.value), onchange: chosen }),
      element("span", {}, one.label, one.about && element("span", { class: "quiet" }, ` ${one.about}`)))));
}

function drawField(control, world, given, chosen) {
  const common = { placeholder: plain(control.placeholder), maxlength: control.max_length, ...typingTells(control, chosen) };
  if (control.multiline) return element("textarea", { rows: 4, ...common }, given ?? "");
  const type = { datepicker: "date", timepicker: "time" }[control.type] ?? "text";
  return element("input", { type, value: given ?? "", "aria-label": common.placeholder || type, ...common });
}

// Slack tells the app of what is typed when Enter is pressed, unless the app asks for each character.
function typingTells(control, chosen) {
  if (!chosen) return {};
  if (control.type !== "plain_text_input") return { onchange: chosen };
  const when = control.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  const entered = (event) => {
    if (event.key !== "Enter" || control.multiline || event.isComposing) return;
    event.preventDefault();
    chosen();
  };
  return {
    ...(when.includes("on_character_entered") && { oninput: chosen }),
    ...(when.includes("on_enter_pressed") && { onkeydown: entered }),
  };
}

function initial(control) {
  const [, value] = Object.entries(control).find(([name]) => name.startsWith("initial_")) ?? [];
  if (Array.isArray(value)) return value.map((one) => one.value ?? one);
  return value?.value ?? value ?? "";
}

export function read(drawn) {
  if (!drawn.classList.contains("choices")) return drawn.value || null;
  const checked = [...drawn.querySelectorAll("input:checked")].map((input) => input.value);
  return drawn.dataset.kind === "radio_buttons" ? checked[0] ?? null : checked;
}

// What a form holds now, as {block: {action: value}}.
export function readForm(form) {
  const values = {};
  for (const drawn of form.querySelectorAll("[data-action]")) {
    (values[drawn.dataset.block] ??= {})[drawn.dataset.action] = read(drawn);
  }
  return values;
}
