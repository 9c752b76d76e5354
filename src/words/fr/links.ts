/** What a link says that cannot be used. */
import type { links as sentences } from '../de/links.ts';

export const links: Record<keyof typeof sentences, string> = {
  'write three of: a component of θ by its number, from 0 on, u1 … u{most} for a direction on which the target depends, p1 … p{count} @ a step for a principal direction, such as p1@200, or none, with commas between them':
    'écrivez-en trois : une composante de θ par son numéro, à partir de 0, u1 … u{most} pour une direction dont dépend la cible, p1 … p{count} @ un pas pour une direction principale, comme p1@200, ou none, séparés par des virgules',
  'axes = "{text}": {how}': 'axes = "{text}" : {how}',
  '"{text}" is no axis: {how}': '"{text}" n’est pas un axe : {how}',
  'it has {count} characters, the limit is {most}': 'il a {count} caractères, la limite est {most}',
  'its data were too long for an address, drop the saved CONFIG.json on the page instead':
    'ses données étaient trop longues pour une adresse, déposez plutôt le CONFIG.json enregistré sur la page',
  'it has {count} parts, the limit is {most}': 'il a {count} parties, la limite est {most}',
  'The link could not be used: {why}.': 'Le lien n’a pas pu servir : {why}.',
  '{path} is not a field, {section}.{field} is as deep as they go':
    '{path} n’est pas un champ, {section}.{field} est le plus profond',
  '{section} = {group} has no {field}': '{section} = {group} n’a pas de {field}',
  ' and {count} more': ' et {count} de plus',
  'Of the link, {shown}{more} could not be used: {why}.': 'Du lien, {shown}{more} n’a pas pu servir : {why}.',
  '{part} = "{text}" is not one of {words}': '{part} = "{text}" n’est pas l’un de {words}',
  'camera = "{text}": write degrees to the right, degrees up from −90 to 90, a zoom from {least} to {most}, and the shift across and up, such as 24,-6,1.5,0,0':
    'camera = "{text}" : donnez les degrés vers la droite, les degrés vers le haut de −90 à 90, un zoom de {least} à {most}, et le décalage en largeur et en hauteur, comme 24,-6,1.5,0,0',
  'against = "{text}" is no input: give its number, from 1 on':
    'against = "{text}" n’est pas une entrée : donnez son numéro, à partir de 1',
  'figures = "{name}" is not one of {names}': 'figures = "{name}" n’est pas l’une de {names}',
};
