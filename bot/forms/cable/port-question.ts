import type { StoredNode } from "../../../core/db/cable/cable-nodes.ts";
import { findPlaceOfPort } from "../../../core/db/cable/cables.ts";
import { listPortUses } from "../../../core/db/cable/port-uses.ts";
import type { Db } from "../../../core/db/tables.ts";
import { nodeAddress } from "../../../core/domain/cable/cable-code.ts";
import type { Field } from "../../../core/domain/form/field.ts";
import type { FieldWords } from "../../replies/procedure-words.ts";

export type Question = { field: Field; words: FieldWords };

/** Which device: by pages of buttons, or by a part of its name or its place that is typed. */
export function deviceQuestion(nodes: readonly StoredNode[], name: string, label: string, ask: string): Question {
  const choices = Object.fromEntries(nodes.map((node) => [`${node.id}`, deviceLabel(node)]));
  return {
    field: { name, kind: "choice", choices: Object.keys(choices), findsByPart: true },
    words: {
      label,
      ask: `${ask} Pilih, atau ketik sebagian nama atau letaknya (contoh: SW-A2).`,
      choices,
    },
  };
}

/** "SW-A2 · DC.A2.20" */
function deviceLabel(node: StoredNode): string {
  const address = nodeAddress(node);
  return address === node.name ? node.name : `${node.name} · ${address}`;
}

/**
 * Which of its ports. Those that other cables have are not offered; one that is reserved is, since the cable may be the one for
 * which it is.
 *
 * @param except a port that the same cable has at its other end
 */
export async function portQuestion(
  db: Db,
  device: StoredNode | undefined,
  { name, label, asksAfter, except }: { name: string; label: string; asksAfter: string; except?: number },
): Promise<Question> {
  const uses = new Map(
    (device === undefined ? [] : await listPortUses(db, device.id)).map((use) => [use.port, use] as const),
  );
  const choices: Record<string, string> = {};
  for (let port = 1; port <= (device?.ports ?? 0); port += 1) {
    const use = uses.get(port);
    if (use?.cableId != null || port === except) continue;
    const place = use?.placeId == null ? undefined : await findPlaceOfPort(db, use.placeId);
    choices[port] = place === undefined ? `${port}` : `${port} (dipesan: ${place.name})`;
  }
  const isFull = Object.keys(choices).length === 0;
  const which = device?.name ?? "perangkat itu";
  return {
    field: { name, kind: "choice", choices: Object.keys(choices), dependsOn: [asksAfter] },
    words: {
      label,
      ask: isFull
        ? `Semua port ${which} sudah terpakai. Tekan Kembali, lalu pilih perangkat lain.`
        : `Port mana dari ${which}? Port yang sudah terpakai tidak ditawarkan.`,
      choices,
    },
  };
}

/** The device that was chosen before, as far as a cable can go into it. */
export function chosen(nodes: readonly StoredNode[], answer: string | undefined): StoredNode | undefined {
  return nodes.find(({ id }) => String(id) === answer);
}
