using Lime.OpenFlow.Messages;

namespace Lime.Core.Emulation.Tables;

/// <summary>Why a switch refuses a message: the type and code of its error.</summary>
internal readonly record struct Refusal(ErrorType Type, ushort Code);
