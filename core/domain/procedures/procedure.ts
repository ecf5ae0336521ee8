import { type Answers, type Field, longTextLength, type Register, shortestDescription } from "../form/field.ts";
import type { Role } from "../people/roles.ts";

/**
 * A regulated procedure as a table. Keyboards, permission checks and diagrams read it; names of states and steps are
 * stored with tickets, so a name, once released, keeps its meaning.
 */
export type Procedure = {
  /** Stored with each ticket, e.g. "application-trouble". */
  name: string;
  /** Where it comes from, e.g. "L IV.2". */
  source: string;
  /** Under which button of the menu it is filed; "own": it has one of its own; "catalogue": as an entry of the service catalogue; "desk": under none, from where the desk works. */
  menu: "incident" | "request" | "catalogue" | "own" | "desk";
  /** Who may file it: the desk asks itself, so nobody was served who could rate it. Absent: everybody. */
  filedBy?: readonly Role[];
  /** What the requester is asked when filing, in this order. */
  form: readonly Field[];
  /** The field of the form that names the ticket in lists, never personal data; absent: it is called by the procedure's title. */
  subject?: string;
  /** Filed as soon as the last question is answered, without a look at all answers. */
  isSentAtOnce?: true;
  /** Its tickets are the reporter's alone: the office's officer neither sees them nor answers for the reporter. */
  isHiddenFromOffice?: true;
  /** What it is about, as far as somebody maintains it (R65): the application that an answer names, or a class of devices. */
  concerns?: { applicationIn: string } | { device: string };
  states: Record<string, State>;
  /** The state of a ticket that was just filed. */
  initial: string;
  steps: readonly Step[];
  /**
   * What is granted holds until the day that this field of the form names. While the ticket is in that state the clock
   * reminds of the end and brings it, by these two steps of its own.
   */
  term?: { field: string; state: string; reminds: string; ends: string };
};

/** Who is to move next; a state without a holder has ended. */
export type State = {
  holder?: Role;
  /** A machine puts something onto a host: a ticket that is cancelled then would leave it there, and nobody would know. */
  isBeingBuilt?: true;
  /** What was asked for stands, and is only told of yet: it is not cancelled, its removal is a request of its own. */
  isStanding?: true;
  /** Something is reserved for what is planned; with the plan it is given up for good. */
  isPlanned?: true;
};

export type Step = {
  name: string;
  /** Who does it; `user` is the requester of the ticket. */
  role: Role;
  from: string | readonly string[];
  to: string;
  /** What the person is asked before it is done. */
  asks?: readonly Field[];
  /** What becomes of the work order (R06); its new holder is the holder of the state reached. */
  workOrder?: "issue" | "forward" | "return" | "close";
  /** The requester gets a message about it, not only a changed card. */
  tellsRequester?: true;
  /** Items of a check list, ticked one by one by this step, which names the item in its answer `check`. */
  checks?: readonly string[];
  /** Items of `checks` that always apply: "not-applicable" is refused for them. */
  alwaysApply?: readonly string[];
  /** Refused until every item that this step ticks has a result since the ticket came to its state. */
  needsChecksOf?: string;
  /** With `needsChecksOf`: and refused while one of them failed. */
  needsNoneFailed?: true;
  /** A verdict on one of the checks that a machine has made of the ticket's application. Not while there are none. */
  judges?: true;
  /** Refused while a machine checks the ticket's application, and until each of its checks has a verdict (R12). */
  needsVerdicts?: true;
  /** The results of that check list stand on the card while the step is possible, and in the message where it tells the requester. */
  readsChecksOf?: string;
  /** What these steps were answered stands on the desk's card while the step is possible. */
  readsAnswersOf?: readonly string[];
  /** The question whose answer is the person who gets the work by name (disposition). */
  assigns?: string;
  /** The question whose answer is the day until which the work is to be done (disposition). */
  setsDue?: string;
  /**
   * A decision on what is asked for, by whom the profile lets approve; `role` is what the procedure says. A state in
   * which one can be approved can also be rejected, and lapses by the clock.
   */
  decides?: "approved" | "rejected" | "lapsed";
  /** Not where the register says that the IT office itself maintains what the ticket is about (R65). */
  ifMaintainedElsewhere?: true;
  /** Its answer `note` becomes the final resolution (R36), and stays so until the ticket has ended. */
  resolves?: true;
  /** An answer of the requester that the desk notes for them; never by who asked, who would confirm their own work. */
  forRequester?: true;
  /** What it takes out of a register, by its answers. */
  takes?: keyof typeof registerAnswers;
  /** What is reserved for the ticket is free again. */
  frees?: true;
  /** It goes on by hand: what is reserved for something that a machine was to build is free again, if there is such. */
  givesUpPlan?: true;
  /** What is reserved for the ticket is kept as long as if it were reserved by it. */
  renews?: true;
  /** Refused while no place in a rack is reserved for the ticket, unless that check failed. */
  needsPlace?: { unlessFailed?: string };
  /** Refused once the plan that was made of it has expired. */
  needsPlan?: true;
  /** Whoever does it has a hand in what is approved later, and does not approve it. */
  preparesApproval?: true;
  /** Done by the clock alone, or by a machine that has finished its work; on behalf of the role. */
  by?: "clock" | "machine";
  /** What was approved holds no longer: it is asked for again. */
  endsGrant?: true;
  /** What was built is its office's from now on: who asked for it is offered what its database is opened by. */
  handsOver?: true;
  /** Not where the profile names nothing that hosts applications. */
  needsHosting?: true;
  /** Where it comes from, where not from the procedure's own source. */
  source?: string;
};

/**
 * What a step takes out of a register, and what it keeps of that beside what was asked: a place in a rack is reserved; a
 * server enters the inventory and takes that place; its cable is laid; an address is assigned, and a name given to it; subnet, address
 * and name of an application are reserved, or of a change of it what it needs; for a vendor a port of the host; what stood before a change is wished for again; a plan is
 * the one that was approved; a platform is what all applications of a target share.
 */
export const registerAnswers = {
  place: [],
  server: ["rack-place"],
  cable: ["cable"],
  address: ["ip-address", "address-kind"],
  application: ["subnet", "ip-address"],
  change: ["dns-name", "size", "application-file"],
  access: ["access-port"],
  standing: ["dns-name", "size", "application-file"],
  plan: ["plan"],
  platform: ["stack"],
} as const satisfies Record<string, readonly string[]>;

/** A required answer in the person's own words. */
export const note = { name: "note", kind: "text", maxLength: longTextLength } as const satisfies Field;
export const optionalNote = { ...note, optional: true } as const satisfies Field;

/** What every complaint is asked: what happened, since when (R36), and what shows it. */
export const description = {
  name: "description",
  kind: "text",
  maxLength: longTextLength,
  minLength: shortestDescription,
} as const satisfies Field;
export const occurredAt = { name: "occurred-at", kind: "instant" } as const satisfies Field;
export const files = { name: "files", kind: "files", optional: true } as const satisfies Field;

export const checkResults = ["passed", "failed"] as const;

/** The network and the machines are for official duties only; who asks for them accepts it. Source: C 16(6), P B.2 (R64). */
export const officialDuty = { name: "official-duty", kind: "choice", choices: ["accepted"] } as const satisfies Field;

/**
 * Checks the table's own sense and adds what every procedure has: the requester may cancel and reopen; what they are
 * asked the help desk may answer for them after a phone call, and the clock closes what nobody answers.
 */
export function procedure(table: Procedure): Procedure {
  const open = Object.keys(table.states).filter((name) => {
    const { holder, isBeingBuilt, isStanding } = table.states[name] ?? {};
    return holder !== undefined && !isBeingBuilt && !isStanding;
  });
  const complete: Procedure = {
    ...table,
    states: { ...table.states, cancelled: {} },
    steps: [
      ...table.steps,
      ...stepsOfSilence(table),
      {
        name: "cancel",
        role: "user",
        from: open,
        to: "cancelled",
        asks: [note],
        workOrder: "close",
        frees: true,
        source: "office practice",
      },
      {
        name: "reopen",
        role: "user",
        from: ["closed", "cancelled"],
        to: table.initial,
        asks: [note],
        source: "office practice",
      },
    ],
  };
  for (const step of complete.steps) {
    for (const state of [...statesBefore(step), step.to]) {
      if (complete.states[state] === undefined)
        throw new Error(`${table.name}: step ${step.name} names no state: ${state}`);
    }
  }
  for (const state of Object.keys(complete.states)) checkDecisions(complete, state);
  checkTerm(complete);
  return complete;
}

function checkDecisions(of: Procedure, state: string): void {
  const decisions = stepsFrom(of, state).flatMap(({ decides }) => (decides === undefined ? [] : [decides]));
  const isComplete = ["approved", "lapsed", "rejected"].every((each) =>
    decisions.some((decision) => decision === each),
  );
  if (decisions.length > 0 && !(decisions.length === 3 && isComplete)) {
    throw new Error(`${of.name}: in ${state} there must be one step each that approves, rejects and lapses`);
  }
}

function checkTerm(of: Procedure): void {
  if (of.term === undefined) return;
  const { field, state, reminds, ends } = of.term;
  const isDay = of.form.some(({ name, kind }) => name === field && kind === "coming-day");
  const isOfClock = [reminds, ends].every((name) => {
    return stepsFrom(of, state).some((step) => step.name === name && step.by === "clock");
  });
  if (!isDay || !isOfClock) throw new Error(`${of.name}: its term needs a day of the form and two steps of the clock`);
}

/** A state in which leadership, or whom the profile names, decides. */
export function asksApproval(of: Procedure, state: string): boolean {
  return stepsFrom(of, state).some(({ decides }) => decides === "approved");
}

/** A state that only the result of a machine's work ends, beside being cancelled. Where people decide, a machine only goes on instead of them. */
export function isMachineAtWork(of: Procedure, state: string): boolean {
  return !asksApproval(of, state) && stepsFrom(of, state).some(({ by }) => by === "machine");
}

/** Whether that item of the step's check list has to have a result, and not "not-applicable". */
export function alwaysApplies({ alwaysApply = [] }: Step, item: string | undefined): boolean {
  return item !== undefined && alwaysApply.includes(item);
}

/** The open states of what was approved, until it ends or is asked again. */
export function grantedStates(of: Procedure): Set<string> {
  const granted = new Set<string>();
  const next = of.steps.filter(({ decides }) => decides === "approved").map(({ to }) => to);
  for (const state of next) {
    if (granted.has(state) || of.states[state]?.holder === undefined || asksApproval(of, state)) continue;
    granted.add(state);
    const onwards = stepsFrom(of, state).filter(({ endsGrant }) => endsGrant === undefined);
    next.push(...onwards.map(({ to }) => to));
  }
  return granted;
}

/** Whether the registers may hold something for its tickets. */
export function takesFromRegisters({ steps }: Procedure): boolean {
  return steps.some(({ takes }) => takes !== undefined);
}

/** What it asks when it is filed is offered to the person who files, of what is their office's: nobody else files it for them. */
export function asksOfHosted({ form }: Pick<Procedure, "form">): boolean {
  return form.some((field) => field.kind === "register" && hosted.includes(field.register));
}

const hosted: readonly Register[] = ["hosted-applications", "deleted-applications", "former-versions", "access-kinds"];

/** What was granted holds in that state, and nobody works on it. */
export function isInForce({ term }: Procedure, state: string): boolean {
  return term?.state === state;
}

function stepsOfSilence(table: Procedure): Step[] {
  const asking = Object.keys(table.states).filter((state) => asksRequester(table, state));
  if (asking.length === 0) return [];
  const answers = table.steps.filter((step) => isAnswer(table, step));
  return [
    ...answers.map(byPhone),
    {
      name: "close-unanswered",
      role: "help-desk",
      by: "clock",
      from: asking,
      to: "closed",
      asks: [optionalNote],
      workOrder: "close",
      tellsRequester: true,
      resolves: true,
      source: "office practice",
    },
  ];
}

/** The same step by the help desk, which notes who said so, how and when. */
function byPhone(answer: Step): Step {
  const others = (answer.asks ?? []).filter(({ name }) => name !== note.name);
  return {
    ...answer,
    name: `${answer.name}-by-phone`,
    role: "help-desk",
    asks: [...others, note],
    forRequester: true,
    tellsRequester: true,
    source: "office practice",
  };
}

/** A state in which the requester is asked something: theirs to move, reached by a step that tells them. */
export function asksRequester(of: Procedure, state: string): boolean {
  const isTold = of.steps.some((step) => step.to === state && step.tellsRequester);
  return of.states[state]?.holder === "user" && isTold;
}

/** A step by which the requester answers what they are asked; cancelling is none, it is possible in other states too. */
export function isAnswer(of: Procedure, step: Step): boolean {
  return step.role === "user" && statesBefore(step).every((state) => asksRequester(of, state));
}

/** What names a ticket in lists: an answer of its form, or the procedure, whose title is shown then. */
export function subjectFor({ name, subject }: Procedure, answers: Answers): string {
  return (subject === undefined ? undefined : answers[subject]) ?? name;
}

export function statesBefore(step: Step): readonly string[] {
  return typeof step.from === "string" ? [step.from] : step.from;
}

export function findStep(of: Procedure, name: string): Step | undefined {
  return of.steps.find((step) => step.name === name);
}

export function stepsFrom(of: Procedure, state: string): Step[] {
  return of.steps.filter((step) => statesBefore(step).includes(state));
}
