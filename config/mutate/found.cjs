/** Whether a test of this run has failed: what one process knows of it. */
module.exports = { isFound: false }
