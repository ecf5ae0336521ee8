import type { Db } from "../../core/db/tables.ts";
import type { Person } from "../../core/domain/people/person.ts";
import type { Rendered } from "../rendered.ts";
import type { Screen } from "../screens/screens.ts";
import type { OfficeWords } from "./office-words.ts";

/** How each screen of one part of the bot becomes words. */
export type ScreensOf<Kind extends Screen["kind"]> = {
  [Each in Kind]: (
    db: Db,
    viewer: Person,
    screen: Extract<Screen, { kind: Each }>,
    office: OfficeWords,
    now: Date,
  ) => Promise<Rendered | undefined>;
};

/** The words of a screen where this part knows it; otherwise it is another part's. */
export function screensOf<Kind extends Screen["kind"]>(part: ScreensOf<Kind>) {
  return {
    knows: <Any extends { kind: string }>(screen: Any): screen is Extract<Any, { kind: Kind }> =>
      Object.hasOwn(part, screen.kind),
    render: (
      db: Db,
      viewer: Person,
      screen: Extract<Screen, { kind: Kind }>,
      office: OfficeWords,
      now: Date,
    ): Promise<Rendered | undefined> => part[screen.kind as Kind](db, viewer, screen, office, now),
  };
}
