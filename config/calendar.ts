import { fileURLToPath } from "node:url";
import { daysUntilEnd, type WorkingCalendar } from "../core/domain/calendar/working-calendar.ts";
import { OperatorFault } from "../core/domain/operator-fault.ts";
import { calendarFile } from "./calendar-schema.ts";
import { describeProblem, type FileProblem, readYaml } from "./yaml-file.ts";

const folderOfCalendar = fileURLToPath(new URL(".", import.meta.url));
const fileName = "calendar-id.yaml";

/** Time enough to look up the decree of the next year. */
const warnBeforeDays = 60;

export class CalendarError extends OperatorFault {
  override readonly name = "CalendarError";
  readonly problems: FileProblem[];

  constructor(problems: FileProblem[]) {
    super(`reading the calendar:\n${problems.map(describeProblem).join("\n")}`);
    this.problems = problems;
  }
}

/**
 * The working days of Indonesian offices, read from `calendar-id.yaml`.
 *
 * @param zone IANA name, from the profile
 * @param folder where the file lies; tests give their own
 * @throws CalendarError with all problems of the file
 */
export function loadCalendar(zone: string, folder = folderOfCalendar): WorkingCalendar {
  const read = readYaml(folder, fileName, calendarFile);
  if (!read.ok) throw new CalendarError(read.problems);
  return { zone, ...read.value };
}

/** What the operator has to do about a calendar that ends soon or has ended; undefined while there is time. */
export function calendarWarning(calendar: WorkingCalendar, now: Date): string | undefined {
  const days = daysUntilEnd(calendar, now);
  if (days > warnBeforeDays) return undefined;
  const lastYear = calendar.years.at(-1) ?? 0;
  const end =
    days >= 0
      ? `ends with ${lastYear}, in ${days} days`
      : `has ended with ${lastYear}: only week-ends count as days off`;
  return `${end}; add the days of the decree for ${lastYear + 1} to config/${fileName}`;
}
