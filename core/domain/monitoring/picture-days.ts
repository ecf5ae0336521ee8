/** Over how many days the picture of a target goes. */
export const pictureDays = [1, 7, 30] as const;
export type PictureDays = (typeof pictureDays)[number];
