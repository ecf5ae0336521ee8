import { once } from "node:events";
import { expect, it } from "vitest";
import type { DockerHost } from "../../infra/stacks/docker-host.ts";
import { StackFault } from "../../infra/stacks/fault.ts";
import { whileRoomIsLeft } from "../../worker/hosting/keep-room.ts";

const place = { container: "simpul-trying-1", folder: "/var/lib/mysql" };
const { signal } = new AbortController();
const gigabytes = (free: number) => `Filesystem     1024-blocks     Used Available Capacity Mounted on
/dev/sda1         51290592 35120272  ${free * 2 ** 20}      73% /var/lib/mysql
`;

/** Says one after the other, and then the last again. */
function hostThatSays(...answers: (string | StackFault)[]) {
  const asked: string[] = [];
  const docker: DockerHost = {
    run: async (args) => {
      const answer = answers[Math.min(asked.length, answers.length - 1)];
      asked.push(args.join(" "));
      if (answer instanceof StackFault) throw answer;
      return answer ?? "";
    },
  };
  return { docker, asked };
}

/** Goes on until somebody stops it. */
const endless = async (stop: AbortSignal) => {
  if (!stop.aborted) await once(stop, "abort");
  throw new StackFault("stopped", "loading a dump", "line unknown");
};

it("stops what takes the room that a host keeps free, and says so", async () => {
  const { docker, asked } = hostThatSays(gigabytes(40), gigabytes(9), gigabytes(1));
  const work = whileRoomIsLeft(docker, place, { signal, intervalMs: 1 }, endless);
  await expect(work).rejects.toMatchObject({ name: "StackFault", reason: "disk-full" });
  expect(asked).toHaveLength(3);
  expect(asked[0]).toBe("exec simpul-trying-1 df -P -k /var/lib/mysql");
});

it.each([
  ["there is room", gigabytes(40)],
  ["nothing says how much room there is", "df: unknown"],
  ["the host cannot be asked", new StackFault("other", "docker exec", "df: not found")],
])("lets work come to its end where %s", async (_, answer) => {
  const { docker, asked } = hostThatSays(answer);
  const done = whileRoomIsLeft(docker, place, { signal, intervalMs: 1 }, async (stop) => {
    await expect.poll(() => asked.length).toBeGreaterThan(2);
    return stop.aborted;
  });
  expect(await done).toBe(false);
});

it("leaves to others why work ended otherwise", async () => {
  const { docker } = hostThatSays(gigabytes(40));
  const stopping = new AbortController();
  const stopped = whileRoomIsLeft(docker, place, { signal: stopping.signal, intervalMs: 1 }, endless);
  stopping.abort();
  await expect(stopped).rejects.toMatchObject({ reason: "stopped" });
});
