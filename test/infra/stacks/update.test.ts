import { expect, it } from "vitest";
import { isWell } from "../../../infra/stacks/update.ts";

it.each([
  ["runs and is not asked for its health", { Running: true, Paused: false }, true],
  ["runs on an engine that says nothing of pauses", { Running: true }, true],
  ["runs and is healthy", { Running: true, Paused: false, Health: { Status: "healthy" } }, true],
  ["runs and is not healthy", { Running: true, Paused: false, Health: { Status: "unhealthy" } }, false],
  ["runs and was not asked yet", { Running: true, Paused: false, Health: { Status: "starting" } }, false],
  ["is paused, and was healthy before", { Running: true, Paused: true, Health: { Status: "healthy" } }, false],
  ["is paused, and is not asked for its health", { Running: true, Paused: true }, false],
  ["does not run", { Running: false }, false],
])("a container that %s", (_, state, is) => {
  expect(isWell(state)).toBe(is);
});
