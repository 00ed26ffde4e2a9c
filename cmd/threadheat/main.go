// Command threadheat reads places where people argue and measures them.
package main

func main() {}
