/** The driver option in which a network's VNIs stand, and in which they can be asked for. */
export const vniOption = 'com.docker.network.driver.overlay.vxlanid_list';
