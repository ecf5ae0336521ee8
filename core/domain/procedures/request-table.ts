import type { Role } from "../people/roles.ts";
import { closeByHelpDesk, confirmResolved } from "./common-steps.ts";
import { note, optionalNote, type Procedure, type State, type Step } from "./procedure.ts";

/** The teams that do what the catalogue offers. */
export const requestTeams = ["it-support", "data-center", "infrastructure"] as const satisfies readonly Role[];
export type RequestTeam = (typeof requestTeams)[number];

/**
 * What the procedures of the catalogue have in common: the help desk issues the work order to a team, which does what was
 * asked for, and the requester is asked whether it is so. The form is the entry's.
 *
 * Each team has a state of its own in which the requester is asked, so that what is not done yet goes back to who did it.
 *
 * source: office practice; the work order R06, the closing by the help desk L IV.3
 */
export function requestTable({
  name,
  source,
  issuedFrom,
  states = {},
  steps = [],
}: {
  name: string;
  source: string;
  /** The state in which the help desk issues the work order. */
  issuedFrom: string;
  /** What this one adds between the filing and the work order. */
  states?: Record<string, State>;
  steps?: readonly Step[];
}): Procedure {
  return {
    name,
    source,
    menu: "catalogue",
    form: [],
    subject: "item",
    initial: "filed",
    states: {
      filed: { holder: "help-desk" },
      ...states,
      ...Object.fromEntries(requestTeams.map((team) => [`working-${team}`, { holder: team }])),
      returned: { holder: "help-desk" },
      ...Object.fromEntries(requestTeams.map((team) => [`awaiting-confirmation-of-${team}`, { holder: "user" }])),
      "ready-to-close": { holder: "help-desk" },
      closed: {},
    },
    steps: [
      ...steps,
      ...requestTeams.map((team) => issueTo(team, issuedFrom)),
      {
        name: "decline",
        role: "help-desk",
        from: ["filed", "returned"],
        to: "closed",
        asks: [note],
        workOrder: "close",
        tellsRequester: true,
        resolves: true,
      },
      ...requestTeams.flatMap(stepsOfTeam),
      ...requestTeams.map(reissueTo),
      { ...confirmResolved, from: requestTeams.map((team) => `awaiting-confirmation-of-${team}`) },
      ...requestTeams.map(stillBadFor),
      { ...closeByHelpDesk, source: "L IV.3" },
    ],
  };
}

function issueTo(team: RequestTeam, from: string): Step {
  return {
    name: `issue-to-${team}`,
    role: "help-desk",
    from,
    to: `working-${team}`,
    asks: [optionalNote],
    workOrder: "issue",
    source: "R06",
  };
}

function stepsOfTeam(team: RequestTeam): Step[] {
  const [from, source] = [`working-${team}`, "R06"];
  return [
    {
      name: `fulfil-as-${team}`,
      role: team,
      from,
      to: `awaiting-confirmation-of-${team}`,
      asks: [note],
      tellsRequester: true,
    },
    ...requestTeams
      .filter((other) => other !== team)
      .map((other): Step => {
        const forward = { asks: [note], workOrder: "forward", source } as const;
        return { name: `forward-from-${team}-to-${other}`, role: team, from, to: `working-${other}`, ...forward };
      }),
    { name: `return-from-${team}`, role: team, from, to: "returned", asks: [note], workOrder: "return", source },
  ];
}

/** What a team gave back goes to another one, with the same work order. */
function reissueTo(team: RequestTeam): Step {
  return {
    name: `forward-to-${team}`,
    role: "help-desk",
    from: "returned",
    to: `working-${team}`,
    asks: [optionalNote],
    workOrder: "forward",
    source: "R06",
  };
}

function stillBadFor(team: RequestTeam): Step {
  return {
    name: `report-still-bad-to-${team}`,
    role: "user",
    from: `awaiting-confirmation-of-${team}`,
    to: `working-${team}`,
    asks: [note],
  };
}
