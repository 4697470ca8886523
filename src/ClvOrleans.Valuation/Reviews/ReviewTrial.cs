namespace ClvOrleans.Valuation.Reviews;

/// <summary>How well ratings are told from the words of reviews, on the latest ones, held out.</summary>
/// <param name="Reviews">Reviews with words and a rating.</param>
/// <param name="HeldOut">Number of the latest of them that were held out; 0 where there were too few.</param>
/// <param name="Right">Share of those held out whose rating was told.</param>
/// <param name="Majority">Share of them that has the most frequent rating of the others: what is right without a word read.</param>
/// <param name="Noise">Standard error of the difference between the two.</param>
/// <param name="IsUsed">Whether reviews without a rating are scored: it is right more often, by more than 1.96 times the noise.</param>
/// <param name="Reason">Why, in a sentence without a full stop.</param>
public sealed record ReviewTrial(int Reviews, int HeldOut, double Right, double Majority, double Noise, bool IsUsed, string Reason);
