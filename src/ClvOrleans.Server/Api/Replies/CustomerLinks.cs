namespace ClvOrleans.Server.Api.Replies;

/// <summary>Addresses that belong to a customer.</summary>
/// <param name="Self">The profile.</param>
/// <param name="Value">The lifetime value.</param>
/// <param name="Explanation">Why it is what it is.</param>
internal sealed record CustomerLinks(string Self, string Value, string Explanation)
{
    public static CustomerLinks Of(string id)
    {
        var self = $"/api/v1/customers/{Uri.EscapeDataString(id)}";
        return new CustomerLinks(self, self + "/clv", self + "/explanation");
    }
}
