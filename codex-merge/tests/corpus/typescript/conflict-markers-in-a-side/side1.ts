export interface Limits {
  memory: number;
<<<<<<< left
  cpu: number;
=======
  disk: number;
>>>>>>> right
}
