/** Of one file: of two tabs, and of lines that were lost without its being known yet. */
const mostAtOnce = 4;

/** Lets so many parts of each file come at once; each lies on the disk until it is whole. */
export function partsAtOnce(): (uploadId: number) => Disposable | undefined {
  const counts = new Map<number, number>();
  return (uploadId) => {
    const before = counts.get(uploadId) ?? 0;
    if (before >= mostAtOnce) return undefined;
    counts.set(uploadId, before + 1);
    return {
      [Symbol.dispose]: () => {
        const left = (counts.get(uploadId) ?? 0) - 1;
        if (left > 0) counts.set(uploadId, left);
        else counts.delete(uploadId);
      },
    };
  };
}
