/** uPlot, which may ask for the browser's language only when that is one. */
import './language.ts';
import 'uplot/dist/uPlot.min.css';

export { default } from 'uplot';
