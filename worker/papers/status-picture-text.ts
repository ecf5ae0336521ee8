import { DateTime } from "luxon";
import { findStopped } from "../../core/db/monitoring/last-look.ts";
import { findPresent, type PresentTarget } from "../../core/db/monitoring/present-states.ts";
import { getPerson } from "../../core/db/people/people.ts";
import type { Db } from "../../core/db/tables.ts";
import { type ShownState, shownStateOf } from "../../core/domain/monitoring/present.ts";
import { targetKinds } from "../../core/domain/monitoring/target-values.ts";
import { type StatusPictureText, shownStates } from "./status-picture.ts";

const kindWords = {
  ...({ site: "Kantor", link: "Link", device: "Perangkat", application: "Aplikasi" } as const),
  job: "Pekerjaan berkala",
};

type Stated = PresentTarget & { state: ShownState };

/** How all is at this moment that the person may see for whom it is drawn. @param zone IANA name */
export async function statusPictureText(
  db: Db,
  { personId }: { personId: number },
  { zone, now }: { zone: string; now: Date },
): Promise<StatusPictureText> {
  const viewer = await getPerson(db, personId);
  const { mine } = await findPresent(db, viewer, now);
  const targets = mine.map((target): Stated => ({ ...target, state: shownStateOf(target) }));
  // A backup that gives no word says nothing of an office's way.
  const offices = Map.groupBy(
    targets.filter(({ kind }) => kind !== "job"),
    ({ officeCode }) => officeCode ?? "Milik bersama",
  );
  return {
    subtitle: await asOf(db, zone, now),
    bars: targetKinds.flatMap((kind) => {
      const own = targets.filter((target) => target.kind === kind);
      return own.length === 0 ? [] : [{ label: kindWords[kind], counts: countsOf(own) }];
    }),
    offices: [...offices]
      .map(([code, own]) => officeOf(code, own))
      .toSorted((one, other) => rank(one.state) - rank(other.state) || one.code.localeCompare(other.code, "id")),
  };
}

/** It is forwarded: what it shows is from when somebody looked last. */
async function asOf(db: Db, zone: string, now: Date): Promise<string> {
  const stopped = await findStopped(db, now);
  const at = DateTime.fromJSDate(stopped ?? now, { zone })
    .setLocale("id")
    .toFormat("d MMMM yyyy HH.mm");
  return `Keadaan ${at}${stopped === undefined ? "" : ", sejak itu pemantau tidak berjalan"}`;
}

function officeOf(code: string, own: readonly Stated[]): StatusPictureText["offices"][number] {
  const counts = countsOf(own);
  // What is unknown says nothing about the rest, and what is paused is meant to be silent.
  const order = ["down", "degraded", "maintenance", "up", "unknown", "paused"] as const;
  return {
    code,
    state: order.find((state) => counts[state] > 0) ?? "unknown",
    details: `${counts.up} dari ${own.length} normal`,
  };
}

function countsOf(targets: readonly Stated[]): Record<ShownState, number> {
  const count = (state: ShownState) => targets.filter((target) => target.state === state).length;
  return {
    ...{ down: count("down"), degraded: count("degraded"), unknown: count("unknown") },
    ...{ up: count("up"), paused: count("paused"), maintenance: count("maintenance") },
  };
}

function rank(state: ShownState): number {
  return shownStates.indexOf(state);
}
