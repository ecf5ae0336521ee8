import { maintenanceOf } from "../../../core/domain/catalogue/catalogue.ts";
import {
  type Maintained,
  type MaintainedAsset,
  maintenanceOfAsset,
  unregistered,
} from "../../../core/domain/maintenance/maintainer.ts";
import type { Person } from "../../../core/domain/people/person.ts";
import { readsInternalNotes, type Ticket } from "../../../core/domain/ticket/ticket.ts";
import { type Html, html } from "../html.ts";
import type { OfficeWords } from "../office-words.ts";

/** Who maintains what the ticket is about (R65). How a vendor is reached is for the desk. */
export function maintenanceLine(ticket: Ticket, viewer: Person, office: OfficeWords): Html | undefined {
  const maintained = maintenanceOf(ticket, office);
  if (maintained === undefined) return undefined;
  const contact =
    maintained !== unregistered && maintained.contact !== undefined && readsInternalNotes(viewer, ticket)
      ? ` (${maintained.contact})`
      : "";
  return html`Pengelola: ${nameOf(maintained, office)}${contact}`;
}

/** Who maintains something of the inventory. How a vendor is reached is for the desk. */
export function maintainerOfAsset(
  asset: MaintainedAsset & { officeCode: string },
  office: OfficeWords,
  { withContact }: { withContact: boolean },
): string {
  const maintained = maintenanceOfAsset(asset, office.maintainers);
  const contact = withContact && maintained !== unregistered ? maintained.contact : undefined;
  return `${nameOf(maintained, office, asset.officeCode)}${contact === undefined ? "" : ` (${contact})`}`;
}

/** @param whose what the office is called, where it is the maintainer */
function nameOf(maintained: Maintained, office: OfficeWords, whose = "perangkat daerah pemohon"): string {
  if (maintained === unregistered) return "belum terdaftar";
  switch (maintained.maintainer) {
    case "vendor":
      return maintained.vendor ?? "vendor";
    case "office":
      return whose;
    case "dinas":
      return maintained.team === undefined ? "Diskominfo" : `Diskominfo, ${office.roles[maintained.team]}`;
  }
}
