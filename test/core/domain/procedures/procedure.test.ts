import { describe, expect, it } from "vitest";
import { findProcedure, procedures } from "../../../../core/domain/procedures/index.ts";
import {
  findStep,
  note,
  optionalNote,
  type Procedure,
  procedure,
  statesBefore,
  stepsFrom,
} from "../../../../core/domain/procedures/procedure.ts";

const table: Procedure = {
  name: "lamp",
  source: "L IV.9",
  menu: "incident",
  form: [],
  subject: "lamp",
  initial: "dark",
  states: { dark: { holder: "help-desk" }, closed: {} },
  steps: [{ name: "switch-on", role: "help-desk", from: "dark", to: "closed" }],
};

const aChoice = { name: "how", kind: "choice", choices: ["dark", "dim"] } as const;

describe("a procedure", () => {
  it("can be cancelled by the requester while it is open, and opened again when it has ended", () => {
    const complete = procedure(table);

    expect(stepsFrom(complete, "dark").map(({ name }) => name)).toEqual(["switch-on", "cancel"]);
    expect(findStep(complete, "cancel")).toMatchObject({ role: "user", to: "cancelled", workOrder: "close" });
    expect(complete.states.cancelled).toEqual({});
    expect(findStep(complete, "reopen")).toMatchObject({ role: "user", from: ["closed", "cancelled"], to: "dark" });
  });

  it("lets the help desk answer by phone what the requester is asked, and the clock close it", () => {
    const asking = procedure({
      ...table,
      states: { ...table.states, asked: { holder: "user" } },
      steps: [
        { name: "ask", role: "help-desk", from: "dark", to: "asked", asks: [note], tellsRequester: true },
        { name: "say-yes", role: "user", from: "asked", to: "closed", workOrder: "return" },
        { name: "say-no", role: "user", from: "asked", to: "dark", asks: [aChoice, optionalNote] },
      ],
    });

    expect(stepsFrom(asking, "asked").map(({ name }) => name)).toEqual([
      "say-yes",
      "say-no",
      "say-yes-by-phone",
      "say-no-by-phone",
      "close-unanswered",
      "cancel",
    ]);
    expect(findStep(asking, "say-yes-by-phone")).toEqual({
      name: "say-yes-by-phone",
      role: "help-desk",
      from: "asked",
      to: "closed",
      asks: [note],
      workOrder: "return",
      forRequester: true,
      tellsRequester: true,
      source: "office practice",
    });
    expect(findStep(asking, "say-no-by-phone")).toMatchObject({ to: "dark", asks: [aChoice, note] });
    expect(findStep(asking, "close-unanswered")).toMatchObject({
      by: "clock",
      role: "help-desk",
      from: ["asked"],
      to: "closed",
      workOrder: "close",
      tellsRequester: true,
      resolves: true,
    });
  });

  it("has no such steps where the requester is to do something of which nobody tells them", () => {
    const quiet = procedure({ ...table, states: { ...table.states, dark: { holder: "user" } } });

    expect(stepsFrom(quiet, "dark").map(({ name }) => name)).toEqual(["switch-on", "cancel"]);
  });

  it.each([
    ["comes from", { from: "dusk" }],
    ["leads to", { to: "dusk" }],
  ])("is refused at once when a step %s a state that is not there", (_, change) => {
    const steps = table.steps.map((step) => ({ ...step, ...change }));
    expect(() => procedure({ ...table, steps })).toThrow("lamp: step switch-on names no state: dusk");
  });

  it("is found by its name, and one that is not there is a fault", () => {
    expect(procedures.map(({ name }) => findProcedure(name).name)).toEqual(procedures.map(({ name }) => name));
    expect(() => findProcedure("lamp")).toThrow("no procedure is named lamp");
  });

  it("has steps that come from one state or from several", () => {
    expect(statesBefore({ name: "a", role: "user", from: "dark", to: "closed" })).toEqual(["dark"]);
    expect(statesBefore({ name: "a", role: "user", from: ["dark", "closed"], to: "closed" })).toEqual([
      "dark",
      "closed",
    ]);
  });
});
