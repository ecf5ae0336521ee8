import { listCablesOfLabels } from "../../core/db/cable/cable-labels.ts";
import { type CableEnd, findCables } from "../../core/db/cable/cables.ts";
import type { CableLabelsDetails } from "../../core/db/paper-content.ts";
import type { Db } from "../../core/db/tables.ts";
import { cableNumber, cablePayload } from "../../core/domain/cable/cable.ts";
import { portAddress } from "../../core/domain/cable/cable-code.ts";
import { shorten } from "../../core/domain/form/text.ts";
import { ticketNumber } from "../../core/domain/ticket/ticket.ts";
import type { CableLabelsText, LabelText } from "./cable-labels.ts";

const longestName = 30;

/**
 * What goes on the sheets: of each cable two labels, one for each end.
 *
 * @throws Error all of the labels have ended since they were asked for
 */
export async function cableLabelsText(db: Db, { labelIds, botUsername }: CableLabelsDetails): Promise<CableLabelsText> {
  const cables = await findCables(db, await listCablesOfLabels(db, labelIds));
  if (cables.length === 0) throw new Error("drawing labels of cables: all of them have ended");
  const labels = cables.flatMap(({ id, label, ticketId, ends: [a, b] }): LabelText[] => {
    const both = {
      number: cableNumber(id),
      code: label.code,
      link: `https://t.me/${botUsername}?start=${cablePayload(id)}`,
      ticket: ticketId === null ? "" : ticketNumber(ticketId),
    };
    return [
      { ...both, ...endsOf(a, b) },
      { ...both, ...endsOf(b, a) },
    ];
  });
  return { labels };
}

/** @param here the end on which the label is put */
function endsOf(here: CableEnd, there: CableEnd): Pick<LabelText, "here" | "there" | "thereName"> {
  return { here: portAddress(here), there: portAddress(there), thereName: shorten(there.node.name, longestName) };
}
