namespace ClvOrleans.Server.Api.Replies;

/// <summary>Whether treating everybody pays.</summary>
/// <param name="Treat">Whether it is the better of the two by what is known now.</param>
/// <param name="Profit">Expected profit of treating a customer, the cost taken off, in the store's currency.</param>
/// <param name="Deviation">Standard deviation of what is known of it.</param>
/// <param name="ProbabilityOfLoss">That treating everybody loses money, 0 to 1.</param>
/// <param name="PerfectInformation">What knowing the true profit would be worth for each customer.</param>
internal sealed record RolloutReply(bool Treat, double Profit, double Deviation, double ProbabilityOfLoss, double PerfectInformation);
