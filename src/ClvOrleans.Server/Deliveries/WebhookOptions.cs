using System.ComponentModel.DataAnnotations;
using ClvOrleans.Policies.Deliveries;

namespace ClvOrleans.Server.Deliveries;

/// <summary>How actions call webhooks. Section <c>Webhooks</c> of the configuration (<c>Webhooks__Secret</c> in the environment).</summary>
internal sealed record WebhookOptions : IValidatableObject
{
    /// <summary>The secret that signs the webhooks of policies: base64, with or without whsec_. Default none: such webhooks fail.</summary>
    public string? Secret { get; set; }

    /// <summary>The secret before, which signs too while receivers change to the new one. Default none.</summary>
    public string? PreviousSecret { get; set; }

    /// <summary>
    /// Whether webhooks may call private, loopback and link-local addresses: for tests, and for receivers in a network of your own. Default
    /// no.
    /// </summary>
    public bool AllowPrivate { get; set; }

    /// <summary>Most bytes of an answer that are read, 0 to 1,048,576. Default 16,384.</summary>
    [Range(0, 1_048_576)]
    public int MostAnswerBytes { get; set; } = 16_384;

    public IEnumerable<string> Secrets => new[] { Secret, PreviousSecret }.OfType<string>();

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Secrets.Any(s => !WebhookSignature.IsSecret(s)))
        {
            yield return new ValidationResult(
                "Webhooks: Secret and PreviousSecret must be base64 of 16 to 64 bytes, with or without whsec_ before it.");
        }
    }
}
