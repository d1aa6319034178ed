/** What a style sheet or a picture is to a test: an address. */
export default 'stand-in'
