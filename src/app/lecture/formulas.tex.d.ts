/** MathML by the name of the chapter. */
declare const formulas: Readonly<Record<string, string>>;
export default formulas;
