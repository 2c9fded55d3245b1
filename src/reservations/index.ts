/** 预留: goods and points kept for a household until it comes for them. */
export type { ReservationState } from './decide-reservation.ts';
export { cancelReservation, handOver, lapseReservations } from './end-reservation.ts';
export type { Reservation } from './reservations.ts';
export { reserveGoods } from './reserve-goods.ts';
export { verifyReservations } from './verify-reservations.ts';
