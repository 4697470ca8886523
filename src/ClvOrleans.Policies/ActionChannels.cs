namespace ClvOrleans.Policies;

/// <summary>Names of channels, as definitions and consents write them.</summary>
public static class ActionChannels
{
    /// <summary>The name of a channel: <c>webhook</c>, <c>email</c>, <c>audience</c> or <c>slot</c>.</summary>
    public static string Name(this ActionChannel channel) => channel switch
    {
        ActionChannel.Webhook => "webhook",
        ActionChannel.Email => "email",
        ActionChannel.Audience => "audience",
        _ => "slot",
    };
}
