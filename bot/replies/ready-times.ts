import { dayInMilliseconds } from "../../core/domain/durations.ts";
import { parseComingInstant } from "../../core/domain/form/coming-instant.ts";
import type { Field } from "../../core/domain/form/field.ts";
import type { Button } from "../rendered.ts";
import { type OfficeWords, showDayOf } from "./office-words.ts";
import { inRows } from "./ticket/card.ts";

type MakeButton = (label: string, value: string) => Button;

/** How long what is begun takes, or until when. source: office practice */
const usualEnds = ["30 menit", "1 jam", "2 jam", "4 jam", "24 jam", "Besok 08.00"];
/** source: office practice */
const usualAppointments = ["Hari ini 14.00", "Besok 09.00", "Besok 14.00"];

/** Instants to come that may be meant; none that has passed. */
export function instantsAhead(
  { endOf }: Extract<Field, { kind: "coming-instant" }>,
  button: MakeButton,
  now: Date,
  { zone }: Pick<OfficeWords, "zone">,
): Button[][] {
  const times = endOf === undefined ? usualAppointments : usualEnds;
  const ahead = times.filter(
    (time) => parseComingInstant(time, { now, zone }, endOf === undefined ? undefined : now).ok,
  );
  return inRows(
    ahead.map((time) => button(time, time)),
    3,
  );
}

/** The last day of what begins on that one: the same, or some days later. */
export function daysFrom(first: Date, button: MakeButton, office: OfficeWords): Button[][] {
  const dayButton = (days: number, before = "") => {
    const day = new Date(first.getTime() + days * dayInMilliseconds);
    return button(`${before}${showDayOf(day, office)}`, day.toISOString());
  };
  return [[dayButton(0, "Hanya ")], [1, 2, 6].map((days) => dayButton(days))];
}
