// Modals: drawn once, then changed in place as the app updates them.

import { drawBlocks, readForm } from "./blocks.js";
import { keep } from "./keep.js";
import { element } from "./text.js";

const PAUSE = 150; // what is typed is told when the fingers rest
let typing = 0;

// What is done in a view is told with all that the view holds at that moment.
export const inView = (view, box, act) => (block, control, chosen) => {
  const tell = () => act("click", {
    view_id: view.id, block_id: block.block_id, action_id: control.action_id, values: readForm(box),
    ...(control.type === "button" ? { value: chosen } : { selected: chosen }),
  });
  clearTimeout(typing);
  if (control.type === "plain_text_input") typing = setTimeout(tell, PAUSE);
  else tell();
};

export function drawModal(modal, view, world, act) {
  if (!view) {
    clearTimeout(typing);
    modal.close();
    modal.replaceChildren();
    for (const name of ["hash", "view", "frame", "faults"]) delete modal.dataset[name];
    return;
  }
  if (modal.dataset.hash !== view.hash) drawForm(modal, view, world, act);
  drawFaults(modal, view);
  if (!modal.open) { modal.showModal(); begin(modal); }
}

function drawForm(modal, view, world, act) {
  // As in Slack, what was put in survives an update if the blocks keep their ids.
  const values = modal.dataset.view === view.id ? readForm(modal) : view.values;
  const frame = JSON.stringify([view.id, view.title, view.submit, view.close]);
  const held = document.activeElement, anew = modal.dataset.frame !== frame;
  if (anew) modal.replaceChildren(drawFrame(modal, view, act));
  Object.assign(modal.dataset, { hash: view.hash, view: view.id, frame });
  const box = modal.querySelector(".fields-of-form");
  const draw = (block) => drawBlocks([block], world, inView(view, modal, act), { values })[0];
  keep(box, view.blocks, (block) => block.block_id, draw, (block) =>
    JSON.stringify(block, (name, value) => (name.startsWith("initial_") ? undefined : value)));
  if (anew) begin(modal);
  else if (!held.isConnected) hold(modal, held);
}

function drawFrame(modal, view, act) {
  const close = (clear) => { clearTimeout(typing); act("close", { view_id: view.id, clear }); };
  const submit = async (event) => {
    event.preventDefault();
    clearTimeout(typing);
    const button = modal.querySelector(".submit");
    if (!button || button.disabled) return;
    button.disabled = true;
    await act("submit", { view_id: view.id, values: readForm(modal) });
    button.disabled = false;
  };
  return element("form", { onsubmit: submit },
    element("header", {}, element("h2", { id: "modal-title" }, view.title.text),
      element("button", { type: "button", "aria-label": "Close", "data-testid": "modal-x", onclick: () => close(true) }, "×")),
    element("div", { class: "fields-of-form", tabindex: -1 }),
    element("p", { class: "trouble error", role: "alert" }),
    element("footer", {},
      element("button", { type: "button", class: "action", "data-testid": "modal-close", onclick: () => close(false) }, view.close?.text ?? "Cancel"),
      view.submit && element("button", { class: "action primary submit", "data-testid": "modal-submit" }, view.submit.text)));
}

function drawFaults(modal, view) {
  for (const input of modal.querySelectorAll(".input")) {
    const fault = view.errors[input.dataset.block] ?? "";
    input.querySelector(".error").textContent = fault;
    input.querySelector("[data-action]").setAttribute("aria-invalid", String(Boolean(fault)));
  }
  modal.querySelector(".trouble").textContent = view.trouble;
  const faults = JSON.stringify(view.errors);
  if (modal.dataset.faults === faults) return;
  modal.dataset.faults = faults;
  modal.querySelector("[aria-invalid=true]")?.focus();
}

// At the first field; or where the arrow keys scroll, if there is nothing to fill in.
const begin = (modal) => (modal.querySelector(".input :is(input, textarea, select)") ?? modal.querySelector(".fields-of-form")).focus();

// Takes up the place that somebody had in what was drawn anew.
function hold(modal, { dataset: { testid, block }, selectionStart, selectionEnd }) {
  const alike = [...modal.querySelectorAll(`[data-testid="${CSS.escape(testid ?? "")}"]`)];
  const again = alike.find((one) => one.dataset.block === block) ?? alike[0];
  again?.focus();
  if (typeof selectionStart === "number") again?.setSelectionRange?.(selectionStart, selectionEnd);
}
