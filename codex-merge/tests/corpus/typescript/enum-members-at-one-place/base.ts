/** Stored as numbers in the table `grants`. */
export enum Permission {
  Read,
  Write,
}

export const ALL = [Permission.Read, Permission.Write];
