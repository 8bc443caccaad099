import './polyfills';
import './globals';
import { start } from './app';

start();
