export { default } from '../../deploy/local/rolldown.service.ts';
