import { Controller, Get } from './http';

@Controller('users')
export class UserController {
  constructor(private readonly users: UserService) {}

  @Get()
  findAll(): Promise<User[]> {
    return this.users.all();
  }
}
