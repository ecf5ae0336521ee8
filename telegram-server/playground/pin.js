/** A point on the map, typed as two numbers. */

/** @import { Location } from "./types.d.ts" */
import { find, part } from "./elements.js";

/** What the dialog offers: the point of the office at first, then the one that was sent last. @type {Location} */
let offered = { latitude: -6.17539, longitude: 106.82715 };

/** @param {Location} location */
export function offerPoint(location) {
  offered = location;
}

/** @param {(location: Location) => void} send */
export function askForPoint(send) {
  const dialog = find(document, "#pin", HTMLDialogElement);
  const latitude = find(dialog, "[data-part=latitude]", HTMLInputElement);
  const longitude = find(dialog, "[data-part=longitude]", HTMLInputElement);
  const problem = part(dialog, "[data-part=error]");
  latitude.value = String(offered.latitude);
  longitude.value = String(offered.longitude);
  problem.textContent = "";
  part(dialog, "[data-part=cancel]").onclick = () => dialog.close();
  find(dialog, "form", HTMLFormElement).onsubmit = (event) => {
    event.preventDefault();
    const location = { latitude: degrees(latitude, 90), longitude: degrees(longitude, 180) };
    if (Number.isNaN(location.latitude) || Number.isNaN(location.longitude)) {
      problem.textContent = `Isi lintang dan bujur dengan angka, misalnya ${offered.latitude} dan ${offered.longitude}`;
      return (Number.isNaN(location.latitude) ? latitude : longitude).focus();
    }
    dialog.close();
    offered = location;
    send(location);
  };
  dialog.showModal();
}

/** With a comma or a point, as people write it. @param {HTMLInputElement} input @param {number} most @returns {number} NaN where it is none */
function degrees(input, most) {
  const words = input.value.trim().replace(",", ".");
  const value = words === "" ? Number.NaN : Number(words);
  return Math.abs(value) <= most ? value : Number.NaN;
}
