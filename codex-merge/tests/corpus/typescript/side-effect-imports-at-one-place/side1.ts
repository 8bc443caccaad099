import './polyfills';
import './tracing';
import { start } from './app';

start();
