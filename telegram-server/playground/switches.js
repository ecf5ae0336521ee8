/** What is switched beside Telegram, such as a link that is cut; it stands in the panel of faults. */

/** @import { Switch, SwitchGroup } from "./types.d.ts" */
import { element, part } from "./elements.js";
import { toast } from "./notices.js";
import { callAt } from "./server.js";

/** Fetches and draws them anew. */
export async function refreshSwitches() {
  /** @type {{ groups: SwitchGroup[] }} */
  const { groups } = await callAt("/switches");
  const sections = groups.map(({ title, switches, note }) => {
    const notes = note === undefined ? [] : [element("p", { text: note })];
    return element(
      "section",
      {},
      element("h3", { text: title }),
      ...notes,
      element("ul", {}, ...switches.map(makeSwitch)),
    );
  });
  part(document, "#faults [data-part=switches]").replaceChildren(...sections);
}

/** All that are on are switched off. */
export function endSwitches() {
  for (const toggle of part(document, "#faults [data-part=switches]").querySelectorAll("input")) {
    if (toggle.checked) toggle.click();
  }
}

/** @param {Switch} given */
function makeSwitch({ name, title, says, is_on }) {
  const toggle = element("input");
  toggle.type = "checkbox";
  toggle.role = "switch";
  toggle.checked = is_on;
  const head = element("label", { class: "fault-name" }, toggle, element("span", { text: title }));
  const root = element("li", { class: is_on ? "fault on" : "fault" }, head, element("p", { text: says }));
  toggle.onchange = () => turn(name, toggle, root);
  return root;
}

/** It stays where it is, so that who hears the page is not led away. @param {string} name @param {HTMLInputElement} toggle @param {HTMLElement} root */
async function turn(name, toggle, root) {
  try {
    /** @type {Switch} */
    const { is_on } = await callAt(`/switches/${name}`, { method: "PUT", body: { is_on: toggle.checked } });
    toggle.checked = is_on;
  } catch (error) {
    toggle.checked = !toggle.checked;
    toast(undefined, /** @type {Error} */ (error).message, "error");
  }
  root.classList.toggle("on", toggle.checked);
}
