namespace ClvOrleans.Reliability.Tests.Sending;

/// <summary>What a customer has brought, as /clv says.</summary>
internal sealed record Historic(int Orders, decimal Gross, decimal Net, long Revision)
{
    public static Historic Of(Answer answer)
    {
        Assert.True(answer.Status == 200, answer.ToString());
        var historic = answer.Json.GetProperty("historic");
        return new Historic(
            historic.GetProperty("orders").GetInt32(), historic.GetProperty("gross").GetDecimal(), historic.GetProperty("net").GetDecimal(),
            answer.Json.GetProperty("revision").GetInt64());
    }
}
