/** A public key of 3072 bits whose private key was thrown away: for sellers whose own key is not given. */
export const THROW_AWAY_KEY = [
  'MIIBojANBgkqhkiG9w0BAQEFAAOCAY8AMIIBigKCAYEAr9YkJhZHxQOdUg3/EDYwtxGnP6Dm+/DJjmErfUN17+131DC4G1KgMwGFZEKi/X1WLMpW',
  'y418otBqc4dOGvEO03Vmr/GGimysqLzuEmVffc/dUBYRCZrFdkxkZFJ5e+TsYd5WfkYv5yUOxcEWZo8yl+O1iarxDWvt87cTQXSoW6KquZvlKJsI',
  'oltw8Kw94OB7xEyQkR5Ecr5KmdkMKpAgcOqK1rfsWbhp09e714T76T4BsUJsAx7voETZDlNykY5JRewReRWRhJXTAsj/kQICFMgfDzk7lUdD9/FE',
  'ToYdSa2JEXUgTXGCGSzqxi2k9Hvb0czsVyrakKfvNs6zAOzmQDT2OqvDLHI0qGtRqeAnmWeT126sNFewGhQOQ74CW5hCjX5AwV6thtfTIiJ2UQlP',
  'JsQgFzt00wtxXQ1qdR/Uhph76+zMrGO6ZY+WwTIW6xT1U51xn6rPfZLjZliwO8qHiP02UXC8P/18+M6hBtgk9mjblkgrqrEpeGi3F0Me3lHjAgMB',
  'AAE=',
].join('');
