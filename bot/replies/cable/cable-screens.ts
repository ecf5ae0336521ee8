import { renderDevicePorts } from "../rack/device-ports.ts";
import { screensOf } from "../screens-of.ts";
import { renderCableExport } from "./cable-export.ts";
import { renderCable, renderCableRemoving } from "./cable-page.ts";
import { renderCables, renderCablesOfTicket } from "./cables.ts";
import { renderCablesFound } from "./cables-found.ts";

export const cableScreens = screensOf({
  cables: renderCables,
  "cables-of-ticket": renderCablesOfTicket,
  cable: renderCable,
  "cable-removing": renderCableRemoving,
  "cables-found": renderCablesFound,
  "device-ports": renderDevicePorts,
  "cable-export": renderCableExport,
});
