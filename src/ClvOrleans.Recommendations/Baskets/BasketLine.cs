namespace ClvOrleans.Recommendations.Baskets;

/// <summary>One product in the basket of a day.</summary>
/// <param name="Orders">Orders of the day that hold it, so that taking one back leaves the others.</param>
/// <param name="Units">Units in all of them.</param>
public readonly record struct BasketLine(int Orders, long Units);
